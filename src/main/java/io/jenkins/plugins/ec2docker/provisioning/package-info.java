/** Nothing but a name in stored programs of Pipelines; see there. */
package io.jenkins.plugins.ec2docker.provisioning;
