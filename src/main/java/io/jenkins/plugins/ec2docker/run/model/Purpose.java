package io.jenkins.plugins.ec2docker.run.model;

import java.util.Locale;

/** What a run is for. */
public enum Purpose {
    /** Create a deployment, or bring an existing one to a new request. */
    PROVISION,
    /** Bring an existing one back to a request that it has had before. */
    ROLLBACK,
    /** Say what {@link #PROVISION} would do; change nothing. */
    PLAN,
    /** Remove all that a deployment has in AWS. */
    DESTROY;

    /** Whether it brings a deployment to a request. */
    public boolean provisions() {
        return this == PROVISION || this == ROLLBACK;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
