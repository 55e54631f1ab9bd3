package io.jenkins.plugins.ec2docker.request.model;

import java.util.Locale;

/** What happens to what a run created when the run fails. */
public enum OnFailure {
    /** It is destroyed at once. */
    DESTROY,
    /** It stays, for a look at it; the next run or a destroy takes care of it. */
    KEEP;

    /** As in a request. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
