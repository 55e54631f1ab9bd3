package io.jenkins.plugins.ec2docker.jenkins.run;

/**
 * With what a deployment was worked on last, for whoever destroys it without a build at hand.
 *
 * @param credentialsId null for the controller's own
 */
record Origin(String credentialsId, Agent agent) {}
