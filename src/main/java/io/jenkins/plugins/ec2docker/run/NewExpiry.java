package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
record NewExpiry(@CheckForNull Instant end, @CheckForNull String note) {

    /**
     * @param before the deployment as it is
     * @param expiresAfter of the request, or null
     */
    static NewExpiry of(Deployment before, @CheckForNull Duration expiresAfter, Instant now) {
        if (expiresAfter == null) {
            return new NewExpiry(null, null);
        }
        Instant end = now.plus(expiresAfter);
        Instant until = before.expires();
        boolean known = !before.isGone() && before.appliedRun() != null;
        boolean earlier = until == null || end.isBefore(until.minus(1, ChronoUnit.MINUTES));
        return new NewExpiry(end, known && earlier ? note(until, end, expiresAfter) : null);
    }

    private static String note(@CheckForNull Instant before, Instant end, Duration expiresAfter) {
        return "The deployment expires earlier than before: at " + end.truncatedTo(ChronoUnit.MINUTES) + ", as expiresAfter "
                + DurationFormat.format(expiresAfter) + " of this request says, and no longer "
                + (before == null ? "never" : "at " + before.truncatedTo(ChronoUnit.MINUTES))
                + ". Extend it on its page, or give a longer expiresAfter.";
    }

    Optional<String> told() {
        return Optional.ofNullable(note);
    }
}
