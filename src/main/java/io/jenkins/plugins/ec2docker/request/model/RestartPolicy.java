package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * When Docker starts a container again. See docs.docker.com/reference/compose-file/services, "restart".
 *
 * @param kind the policy
 * @param maxRetries how often at most, for {@link Kind#ON_FAILURE} only; null for no limit
 */
public record RestartPolicy(Kind kind, @CheckForNull Integer maxRetries) {
    public static final RestartPolicy NO = new RestartPolicy(Kind.NO, null);
    public static final RestartPolicy ALWAYS = new RestartPolicy(Kind.ALWAYS, null);
    public static final RestartPolicy ON_FAILURE = new RestartPolicy(Kind.ON_FAILURE, null);
    public static final RestartPolicy UNLESS_STOPPED = new RestartPolicy(Kind.UNLESS_STOPPED, null);

    public RestartPolicy {
        Objects.requireNonNull(kind, "kind");
        if (maxRetries != null && (kind != Kind.ON_FAILURE || maxRetries < 1)) {
            throw new IllegalArgumentException("maximum of retries with " + kind + ": " + maxRetries);
        }
    }

    /** As Docker and Compose write it: {@code on-failure:3}. */
    @Override
    public String toString() {
        return maxRetries == null ? kind.text : kind.text + ":" + maxRetries;
    }

    /** Docker's four policies. */
    public enum Kind {
        NO("no"),
        ALWAYS("always"),
        ON_FAILURE("on-failure"),
        UNLESS_STOPPED("unless-stopped");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As Docker and Compose write it. */
        public String text() {
            return text;
        }
    }
}
