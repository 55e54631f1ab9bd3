/** Finds and removes orphaned resources, and imports them into a state. */
package io.jenkins.plugins.ec2docker.upkeep.sweep;
