package io.jenkins.plugins.ec2docker.verify;

import java.net.URI;
import java.time.Duration;

/** Looks once whether something answers at an address. */
@FunctionalInterface
public interface HealthCheck {
    /**
     * @param url   {@code http} or {@code https}
     * @param limit for the whole look, connecting included
     */
    Reading look(URI url, Duration limit) throws InterruptedException;

    /**
     * What was seen.
     *
     * @param healthy whether the answer counts as one
     * @param reason  a sentence on what was seen, naming the address
     */
    record Reading(boolean healthy, String reason) {}
}
