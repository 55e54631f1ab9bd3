/** The Pipeline steps. */
package io.jenkins.plugins.ec2docker.jenkins.step;
