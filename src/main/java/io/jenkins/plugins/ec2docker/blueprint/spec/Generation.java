package io.jenkins.plugins.ec2docker.blueprint.spec;

/**
 * All that an instance is launched with and cannot change afterwards. Stored with its deployment.
 *
 * @param digest over the boot payload and the requested attributes that only another instance can have
 * @param runId the run that requested it first: the closing line of the instance's boot carries it, and it is the generation's key in the
 *     blueprint
 */
public record Generation(String digest, String runId) {}
