package io.jenkins.plugins.ec2docker.verify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.PollInterval;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** One wait for an address to become healthy, look by look; who has it decides how to wait in between. For one thread at a time. */
public final class HealthPoll {
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final HealthCheck check;
    private final InstantSource clock;
    private final URI url;
    private final Consumer<HealthCheck.Reading> changes;
    private final Instant start;
    private final Instant end;
    private final PollInterval interval = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(5));
    @CheckForNull
    private HealthCheck.Reading before;
    private int looks;

    /**
     * How the wait ended.
     *
     * @param healthy whether the address answered in time
     * @param reason  a sentence on what was seen last
     * @param looks   how often it was looked, at least once
     * @param took    since the first look began
     */
    public record Answer(boolean healthy, String reason, int looks, Duration took) {}

    /**
     * @param limit   from now on
     * @param changes told each time that what is seen differs from what was seen before
     */
    public HealthPoll(HealthCheck check, InstantSource clock, URI url, Duration limit, Consumer<HealthCheck.Reading> changes) {
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
    public Optional<Answer> look() throws InterruptedException {
        HealthCheck.Reading seen = check.look(url, lookLimit());
        looks++;
        if (!seen.equals(before)) {
            changes.accept(seen);
        }
        before = seen;
        Instant now = clock.instant();
        return seen.healthy() || !now.isBefore(end)
                ? Optional.of(new Answer(seen.healthy(), seen.reason(), looks, Duration.between(start, now)))
                : Optional.empty();
    }

    /** How long to wait before the next look: grows from one second to five, never beyond the limit. */
    public Duration pause() {
        return PollInterval.within(interval.next(), Duration.between(clock.instant(), end));
    }

    private Duration lookLimit() {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : PollInterval.shorter(left, LONGEST_LOOK);
    }
}
