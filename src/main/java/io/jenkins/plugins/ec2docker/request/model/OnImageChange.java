package io.jenkins.plugins.ec2docker.request.model;

import java.util.Locale;

/** How an update is carried out that changes nothing but the images of containers. */
public enum OnImageChange {
    /** Another instance takes over, as for every other change of containers. */
    REPLACE,
    /** The containers change on the instance that serves, by AWS Systems Manager, where that is possible. */
    REDEPLOY;

    /** As in a request. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
