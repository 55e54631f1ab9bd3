package io.jenkins.plugins.ec2docker.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;

/**
 * With what a deployment was worked on last, for whoever destroys it without a build at hand.
 *
 * @param credentialsId null for the controller's own
 */
public record LastRunContext(@CheckForNull String credentialsId, AgentDirectory agent) {}
