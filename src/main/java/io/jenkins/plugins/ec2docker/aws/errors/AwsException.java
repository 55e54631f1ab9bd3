package io.jenkins.plugins.ec2docker.aws.errors;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * AWS did not do what was asked. The message is what a person reads: what happened, in one sentence, and the way out; with the
 * caller's ARN where it is known and never with a secret. The cause is for the log, cleared of secrets as well.
 */
public class AwsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public AwsException(Reason reason, String message, @CheckForNull Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, for code that acts on it. */
    public Reason reason() {
        return reason;
    }

    /** Whether the same call may well succeed in a minute without anybody doing anything. */
    public boolean passing() {
        return reason == Reason.THROTTLED || reason == Reason.UNREACHABLE || reason == Reason.SERVICE_FAULT;
    }

    /** The usual failures. */
    public enum Reason {
        /** Nothing in the environment gives credentials. */
        NO_CREDENTIALS,
        /** AWS does not know the access key, or the key is switched off. */
        UNKNOWN_KEY,
        /** The secret key does not belong to the access key. */
        WRONG_SECRET,
        /** The session token is not one that AWS issued, or not valid in this region. */
        INVALID_TOKEN,
        /** The session is over. */
        EXPIRED,
        /** This machine's clock is too far off for its signatures to be accepted. */
        CLOCK,
        /** The role does not exist, or does not trust the caller, or wants another external id; AWS does not say which. */
        ROLE_NOT_ASSUMABLE,
        /** A permission is missing. */
        NOT_ALLOWED,
        /** The duration is above the role's maximum. */
        DURATION,
        /** What was sent does not satisfy AWS: ARN, name, tags. */
        INVALID_REQUEST,
        /** The region is not enabled for the account. */
        REGION_DISABLED,
        /** What was asked for does not exist. */
        NOT_FOUND,
        /** Something still needs it, or it is on its way out: later the same may succeed. */
        IN_USE,
        /** Too many calls. */
        THROTTLED,
        /** No answer: name, route, proxy, TLS or time. */
        UNREACHABLE,
        /** The caller's thread was interrupted while it waited for AWS. */
        INTERRUPTED,
        /** AWS had a fault of its own. */
        SERVICE_FAULT,
        /** Something that has no sentence of its own yet. */
        OTHER
    }
}
