/** New images on the instance in service, without a new instance. */
package io.jenkins.plugins.ec2docker.run.redeploy;
