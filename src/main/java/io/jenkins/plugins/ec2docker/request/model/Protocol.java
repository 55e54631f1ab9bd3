package io.jenkins.plugins.ec2docker.request.model;

import java.util.Locale;

/** Transport protocol of a published port. */
public enum Protocol {
    TCP,
    UDP;

    /** As Docker, Compose and EC2 write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
