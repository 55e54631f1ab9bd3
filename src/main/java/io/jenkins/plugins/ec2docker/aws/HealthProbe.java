package io.jenkins.plugins.ec2docker.aws;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at an address again and again until it is healthy or time is up. */
public final class HealthProbe {
    private final HealthCheck check;
    private final InstantSource clock;
    private final Pause pause;

    /** With the time of this machine. */
    public HealthProbe(HealthCheck check) {
        this(check, InstantSource.system());
    }

    /** For callers that wait by means of their own ({@link #watch}), by their clock. */
    public HealthProbe(HealthCheck check, InstantSource clock) {
        this(check, clock, duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
    }

    HealthProbe(HealthCheck check, InstantSource clock, Pause pause) {
        this.check = check;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Looks at once, then after pauses that grow from one second to five, the last time when the limit is reached.
     *
     * @param limit   from now on
     * @param changes told each time that what is seen differs from what was seen before
     * @throws InterruptedException if this thread is interrupted, between two looks or in one
     */
    public Outcome await(URI url, Duration limit, Consumer<HealthCheck.Reading> changes) throws InterruptedException {
        HealthWatch watch = watch(url, limit, changes);
        while (true) {
            Optional<Outcome> outcome = watch.look();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            pause.of(watch.pause());
        }
    }

    /** The same for callers that wait by means of their own; the limit runs from now on. */
    public HealthWatch watch(URI url, Duration limit, Consumer<HealthCheck.Reading> changes) {
        return new HealthWatch(check, clock, url, limit, changes);
    }

    /**
     * How the wait ended.
     *
     * @param healthy whether the address answered in time
     * @param reason  a sentence on what was seen last
     * @param looks   how often it was looked, at least once
     * @param took    since the first look began
     */
    public record Outcome(boolean healthy, String reason, int looks, Duration took) {}

    /** Lets time pass between two looks. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }
}
