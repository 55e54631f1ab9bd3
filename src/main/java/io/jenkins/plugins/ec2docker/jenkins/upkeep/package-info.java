/** Scheduled work: expiry, drift, sweep and working hours. */
package io.jenkins.plugins.ec2docker.jenkins.upkeep;
