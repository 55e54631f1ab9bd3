/** Runs and maintenance on one machine, for the command line and the engine tests. */
package io.jenkins.plugins.ec2docker.local;
