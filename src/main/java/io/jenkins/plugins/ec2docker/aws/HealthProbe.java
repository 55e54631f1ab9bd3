package io.jenkins.plugins.ec2docker.aws;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at an address again and again until it is healthy or time is up. */
public final class HealthProbe {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final HealthCheck check;
    private final InstantSource clock;
    private final Pause pause;

    /** With the time of this machine. */
    public HealthProbe(HealthCheck check) {
        this(check, InstantSource.system(), duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
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
        Instant start = clock.instant();
        Instant end = start.plus(limit);
        Duration wait = FIRST_PAUSE;
        HealthCheck.Reading before = null;
        for (int looks = 1; ; looks++) {
            HealthCheck.Reading seen = check.look(url, lookLimit(end));
            if (!seen.equals(before)) {
                changes.accept(seen);
            }
            before = seen;
            Instant now = clock.instant();
            if (seen.healthy() || !now.isBefore(end)) {
                return new Outcome(seen.healthy(), seen.reason(), looks, Duration.between(start, now));
            }
            pause.of(shorter(wait, Duration.between(now, end)));
            wait = shorter(wait.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private Duration lookLimit(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : shorter(left, LONGEST_LOOK);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
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
