package io.jenkins.plugins.ec2docker.platform;

import java.time.Duration;

/** The pauses between two polls: each twice as long as the one before, up to a longest one. For one thread at a time. */
public final class PollInterval {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** @param first not longer than {@code longest} */
    public PollInterval(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The pause before the next poll. */
    public Duration next() {
        Duration pause = next;
        next = shorter(pause.multipliedBy(2), longest);
        return pause;
    }

    /** From now on as at the beginning. */
    public void restart() {
        next = first;
    }

    /** A pause that does not go beyond what is left; zero where nothing is. */
    public static Duration within(Duration pause, Duration left) {
        return left.isNegative() ? Duration.ZERO : shorter(pause, left);
    }

    public static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
