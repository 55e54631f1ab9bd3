package io.jenkins.plugins.ec2docker.provisioning;

import java.util.Locale;

/** What a run is for. */
public enum Purpose {
    /** Create a deployment, or bring an existing one to a new request. */
    PROVISION,
    /** Say what {@link #PROVISION} would do; change nothing. */
    PLAN,
    /** Remove all that a deployment has in AWS. */
    DESTROY;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
