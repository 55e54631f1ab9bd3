package io.jenkins.plugins.ec2docker.jenkins.store;

import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;

/**
 * With what a deployment was worked on last, for whoever destroys it without a build at hand.
 *
 * @param credentialsId null for the controller's own
 */
public record LastRunContext(String credentialsId, AgentDirectory agent) {}
