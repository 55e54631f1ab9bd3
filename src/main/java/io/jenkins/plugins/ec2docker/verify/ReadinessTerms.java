package io.jenkins.plugins.ec2docker.verify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What every wait for something to serve is given, whatever it waits for.
 *
 * @param check asks the service
 * @param url where the service must answer, or null
 * @param time how long is waited
 * @param keys of the moment, for AWS
 * @param notes is told sentences for people
 */
public record ReadinessTerms(
        HealthCheck check, @CheckForNull URI url, ReadinessTimeout time, InstantSource clock, SessionKeys keys, Consumer<String> notes) {

    /** Says what is waited for: first this, and then the service's answer, if there is to be one. */
    void announce(String first) {
        notes.accept("Waiting for " + first + (url == null ? "" : ", and for " + url + " to answer") + ", at most "
                + time.whole().toMinutes() + " min.");
    }

    /** The wait for the service's answer, which begins now. */
    HealthPoll poll(Duration limit) {
        return new HealthPoll(check, clock, Objects.requireNonNull(url, "url"), limit, reading -> notes.accept(reading.reason()));
    }
}
