package io.jenkins.plugins.ec2docker.verify;

/**
 * How a wait for something that was applied ended.
 *
 * @param ok whether it is ready
 * @param message one sentence for people on what was seen; never null, may be empty when {@code ok}
 */
public record Readiness(boolean ok, String message) {

    static Readiness ready() {
        return new Readiness(true, "");
    }

    /** Ready, with something to report. */
    static Readiness ready(String message) {
        return new Readiness(true, message);
    }

    static Readiness failed(String message) {
        return new Readiness(false, message);
    }
}
