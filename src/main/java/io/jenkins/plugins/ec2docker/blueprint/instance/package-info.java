/** Blueprint instance: one EC2 instance. */
package io.jenkins.plugins.ec2docker.blueprint.instance;
