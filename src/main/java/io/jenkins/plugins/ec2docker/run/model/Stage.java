package io.jenkins.plugins.ec2docker.run.model;

import java.util.Locale;

/** What a person sees of a run's way: the parts it has, in the order in which they end. */
public enum Stage {
    PREPARE,
    INIT,
    VALIDATE,
    PLAN,
    REVIEW,
    APPLY,
    REDEPLOY,
    VERIFY,
    CUTOVER,
    RECLAIM,
    RETREAT,
    RESTORE,
    DESTROY;

    /** The stage as it is written for people and in JSON, such as {@code apply}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
