package io.jenkins.plugins.ec2docker.run.model;

import java.util.Locale;

/**
 * How a run ended.
 *
 * @param status the verdict
 * @param message one or two sentences for people: what happened, and what is left in AWS
 * @param leftovers whether the deployment's state still knows resources in AWS
 */
public record RunResult(Status status, String message, boolean leftovers) {

    public enum Status {
        SUCCEEDED,
        FAILED,
        /** The guardrails do not allow it. Nothing was changed. */
        REFUSED,
        INTERRUPTED;

        /** As it stands in JSON, such as {@code succeeded}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean succeeded() {
        return status == Status.SUCCEEDED;
    }
}
