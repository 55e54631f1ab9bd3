package io.jenkins.plugins.ec2docker.aws.clients;

import java.util.List;

/**
 * An ECS service as it is now.
 *
 * @param deployments the primary one, which ECS works towards, first
 */
public record EcsService(List<Deployment> deployments) {
    public EcsService {
        deployments = List.copyOf(deployments);
    }

    /**
     * @param taskDefinition ARN of what its tasks run
     * @param rollout {@code IN_PROGRESS}, {@code COMPLETED} or {@code FAILED}; empty where AWS does not say
     * @param reason of that, in AWS's words; may be empty
     */
    public record Deployment(String taskDefinition, boolean primary, int running, int desired, String rollout, String reason) {}
}
