package io.jenkins.plugins.ec2docker.aws;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** One wait for an address to become healthy, look by look; who has it decides how to wait in between. For one thread at a time. */
public final class HealthWatch {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final HealthCheck check;
    private final InstantSource clock;
    private final URI url;
    private final Consumer<HealthCheck.Reading> changes;
    private final Instant start;
    private final Instant end;
    private Duration wait = FIRST_PAUSE;
    private HealthCheck.Reading before;
    private int looks;

    HealthWatch(HealthCheck check, InstantSource clock, URI url, Duration limit, Consumer<HealthCheck.Reading> changes) {
        this.check = check;
        this.clock = clock;
        this.url = url;
        this.changes = changes;
        this.start = clock.instant();
        this.end = start.plus(limit);
    }

    /**
     * Looks once, for at most ten seconds.
     *
     * @return how the wait ended; empty while it is to go on after a {@link #pause}
     */
    public Optional<HealthProbe.Outcome> look() throws InterruptedException {
        HealthCheck.Reading seen = check.look(url, lookLimit());
        looks++;
        if (!seen.equals(before)) {
            changes.accept(seen);
        }
        before = seen;
        Instant now = clock.instant();
        return seen.healthy() || !now.isBefore(end)
                ? Optional.of(new HealthProbe.Outcome(seen.healthy(), seen.reason(), looks, Duration.between(start, now)))
                : Optional.empty();
    }

    /** How long to wait before the next look: grows from one second to five, never beyond the limit. */
    public Duration pause() {
        Duration now = shorter(wait, Duration.between(clock.instant(), end));
        wait = shorter(wait.multipliedBy(2), LONGEST_PAUSE);
        return now.isNegative() ? Duration.ZERO : now;
    }

    private Duration lookLimit() {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : shorter(left, LONGEST_LOOK);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
