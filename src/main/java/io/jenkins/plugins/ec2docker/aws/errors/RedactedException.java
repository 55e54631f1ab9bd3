package io.jenkins.plugins.ec2docker.aws.errors;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.Secret;
import java.util.List;

/**
 * What remains of an exception for the log: its class, message, trace and causes, without the secrets that the message may hold
 * (STS answers a wrong signature with the whole canonical request, session token included) and without the SDK's classes, which
 * a log elsewhere could not load.
 */
public final class RedactedException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 8;
    /** AWS's secret keys have 40 characters and its tokens more; in place of an emulator's "test", half of a sentence would go. */
    private static final int SHORTEST_SECRET = 16;

    private final String originalClass;

    private RedactedException(Throwable original, @CheckForNull String message, @CheckForNull Throwable cause) {
        super(message, cause, false, true);
        originalClass = original.getClass().getName();
        setStackTrace(original.getStackTrace());
    }

    public static RedactedException of(Throwable original, List<Secret> secrets) {
        return of(original, secrets, 0);
    }

    /** The text with each secret replaced. */
    static String cleared(String text, List<Secret> secrets) {
        String cleared = text;
        for (Secret secret : secrets) {
            if (secret.reveal().length() >= SHORTEST_SECRET) {
                cleared = cleared.replace(secret.reveal(), secret.toString());
            }
        }
        return cleared;
    }

    private static RedactedException of(Throwable original, List<Secret> secrets, int depth) {
        Throwable cause = original.getCause();
        return new RedactedException(
                original,
                original.getMessage() == null ? null : cleared(original.getMessage(), secrets),
                cause == null || depth == DEEPEST ? null : of(cause, secrets, depth + 1));
    }

    @Override
    public String toString() {
        return originalClass + (getMessage() == null ? "" : ": " + getMessage());
    }
}
