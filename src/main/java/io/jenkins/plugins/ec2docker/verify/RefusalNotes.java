package io.jenkins.plugins.ec2docker.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Tells that AWS throttles, fails or does not answer while it is asked again and again: at once, and each minute for as long as it lasts. */
public final class RefusalNotes {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Consumer<String> notes;
    private String standing = "";
    private Instant since = Instant.EPOCH;
    private Instant told = Instant.EPOCH;

    public RefusalNotes(InstantSource clock, Consumer<String> notes) {
        this.clock = clock;
        this.notes = notes;
    }

    /** @param sentence what AWS did not answer, and why */
    public void refused(String sentence) {
        Instant now = clock.instant();
        if (!sentence.equals(standing)) {
            standing = sentence;
            since = now;
            told = now;
            notes.accept(sentence);
        } else if (!now.isBefore(told.plus(AGAIN))) {
            told = now;
            notes.accept(sentence + " It has been so for " + Duration.between(since, now).toMinutes() + " min, and AWS is asked again.");
        }
    }

    public void answered() {
        standing = "";
    }

    /** The last refusal without its full stop; empty once AWS has answered. */
    String standing() {
        return standing.replaceFirst("\\.$", "");
    }
}
