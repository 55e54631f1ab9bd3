package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.values.Violation;

/**
 * The request is valid, but what the instance would have to be given is larger than EC2 or Linux take. Thrown before anything is created.
 */
public final class BootstrapTooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    private final Violation violation;

    BootstrapTooLargeException(String field, String message) {
        super(message);
        this.violation = new Violation(field, "", message);
    }

    /** The same as a broken rule: the field that would have to become smaller, and the message, which says by how much and what to do. */
    public Violation violation() {
        return violation;
    }
}
