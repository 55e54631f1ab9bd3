package io.jenkins.plugins.ec2docker.run;

import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a deployment expires from the moment on at which a request is applied: what the request says counts, also where somebody extended the
 * expiry before; then people are told. Pure.
 *
 * @param end null for never
 * @param note a sentence for people; null where the deployment does not expire earlier than before
 */
record NewExpiry(Instant end, String note) {

    /**
     * @param before the deployment as it is
     * @param expiresAfter of the request, or null
     */
    static NewExpiry of(Deployment before, Duration expiresAfter, Instant now) {
        Instant end = expiresAfter == null ? null : now.plus(expiresAfter);
        boolean known = !before.isGone() && before.appliedRun() != null;
        boolean earlier = end != null && (before.expires() == null || end.isBefore(before.expires().minus(1, ChronoUnit.MINUTES)));
        return new NewExpiry(end, known && earlier ? note(before.expires(), end, expiresAfter) : null);
    }

    private static String note(Instant before, Instant end, Duration expiresAfter) {
        return "The deployment expires earlier than before: at " + end.truncatedTo(ChronoUnit.MINUTES) + ", as expiresAfter "
                + DurationFormat.format(expiresAfter) + " of this request says, and no longer "
                + (before == null ? "never" : "at " + before.truncatedTo(ChronoUnit.MINUTES))
                + ". Extend it on its page, or give a longer expiresAfter.";
    }

    Optional<String> told() {
        return Optional.ofNullable(note);
    }
}
