/** Compares a deployment with what AWS has now. */
package io.jenkins.plugins.ec2docker.upkeep.drift;
