/** Expiry and working hours of deployments. */
package io.jenkins.plugins.ec2docker.upkeep.lifetime;
