package io.jenkins.plugins.ec2docker.aws.clients;

import java.util.List;

/**
 * An Auto Scaling group as it is now.
 *
 * @param desired how many instances it is to have
 * @param members those that it has
 */
public record AutoScalingGroup(int desired, List<Member> members) {
    public AutoScalingGroup {
        members = List.copyOf(members);
    }

    /**
     * @param lifecycle such as {@code Pending:Wait} or {@code InService}
     * @param health {@code Healthy} or {@code Unhealthy}
     * @param templateVersion of the launch template that it was launched from; empty where AWS does not say
     */
    public record Member(String instanceId, String lifecycle, String health, String templateVersion) {
        public boolean inService() {
            return lifecycle.equals("InService") && health.equalsIgnoreCase("healthy");
        }

        public boolean leaving() {
            return lifecycle.startsWith("Terminat") || lifecycle.startsWith("Detach");
        }
    }

    /**
     * The replacement of its instances by those of another launch template.
     *
     * @param status such as {@code InProgress}, {@code Successful}, {@code Failed} or {@code RollbackSuccessful}
     * @param reason AWS's words; may be empty
     */
    public record Refresh(String status, int percentage, String reason) {
        public boolean running() {
            return List.of("Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress").contains(status);
        }

        public boolean failed() {
            return !running() && !status.equals("Successful");
        }
    }
}
