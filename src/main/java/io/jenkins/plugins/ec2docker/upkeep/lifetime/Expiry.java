package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides what a deployment's end asks for at a moment, and how far it may be put off. Pure; whoever asks does it. */
public final class Expiry {

    private static final List<Duration> USUAL =
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7),
                    Duration.ofDays(30));
    /** Nobody is served by less. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private Expiry() {}

    /** What is due. */
    public sealed interface Due {

        /** Nothing, until the moment given; null for never. */
        record Nothing(@CheckForNull Instant until) implements Due {}

        /**
         * Its people are to hear of the end. When several reminders are due, since nobody looked for a while, this is the latest of them alone.
         *
         * @param offset how long before the end this reminder is meant for; with the end itself it names the reminder
         */
        record Reminder(Duration offset, Instant expires) implements Due {}

        /** It is to be destroyed. */
        record Expired(Instant expires) implements Due {}
    }

    /** Why an end cannot be put off; the message is for people. */
    public static final class NotExtended extends Exception {
        private static final long serialVersionUID = 1L;

        NotExtended(String message) {
            super(message);
        }
    }

    /**
     * @param offsets how long before the end people are reminded
     * @param reminded for which moment the last reminder of this end was sent ({@code expires} minus {@code offset}); null for none
     */
    public static Due due(Deployment deployment, Instant now, List<Duration> offsets, @CheckForNull Instant reminded) {
        Instant end = deployment.expires();
        if (end == null || deployment.isGone()) {
            return new Due.Nothing(null);
        }
        if (!now.isBefore(end)) {
            return new Due.Expired(end);
        }
        List<Instant> open = offsets.stream()
                .filter(offset -> !offset.isNegative() && !offset.isZero())
                .map(end::minus)
                // What would have been due before there was this deployment is nothing to remind of.
                .filter(moment -> moment.isAfter(deployment.created()))
                .filter(moment -> reminded == null || moment.isAfter(reminded))
                .sorted()
                .toList();
        Optional<Instant> due = open.stream().filter(moment -> !moment.isAfter(now)).max(Comparator.naturalOrder());
        if (due.isPresent()) {
            return new Due.Reminder(Duration.between(due.get(), end), end);
        }
        return new Due.Nothing(open.isEmpty() ? end : open.get(0));
    }

    /**
     * By how much an end may be extended now, the shortest first: usual lengths, and the longest there may be where that is between them.
     * Empty where it cannot be extended.
     */
    public static List<Duration> extensions(Deployment deployment, Instant now, Guardrails guardrails) {
        Instant end = deployment.expires();
        if (deployment.isGone() || end == null) {
            return List.of();
        }
        Instant from = end.isBefore(now) ? now : end;
        Duration allowed = guardrails.maxLifetime();
        Duration most = allowed == null ? null : Duration.ofMinutes(Duration.between(from, now.plus(allowed)).toMinutes());
        List<Duration> lengths = new ArrayList<>(USUAL.stream().filter(each -> most == null || each.compareTo(most) <= 0).toList());
        boolean cutOff = most != null && most.compareTo(SHORTEST) >= 0 && lengths.size() < USUAL.size() && !lengths.contains(most);
        if (cutOff) {
            lengths.add(most);
        }
        return List.copyOf(lengths);
    }

    /**
     * A later end: {@code by} later than the present one, or than now where that has passed already.
     *
     * @param guardrails their maximum counts from now, as it does for a request that is made now
     */
    public static Instant extended(Deployment deployment, Duration by, Instant now, Guardrails guardrails) throws NotExtended {
        String name = "Deployment \"" + deployment.name() + "\"";
        if (by.isNegative() || by.isZero()) {
            throw new NotExtended("An extension by " + DurationFormat.format(by) + " is none; give a length such as 4h or 2d.");
        }
        if (deployment.isGone()) {
            throw new NotExtended(name + " has nothing in AWS any more; provision it again instead.");
        }
        Instant present = deployment.expires();
        if (present == null) {
            throw new NotExtended(name + " has no end, so there is none to put off.");
        }
        Instant end = (present.isBefore(now) ? now : present).plus(by);
        Duration most = guardrails.maxLifetime();
        if (most != null && end.isAfter(now.plus(most))) {
            Duration left = Duration.between(present.isBefore(now) ? now : present, now.plus(most));
            throw new NotExtended(name + " would then end at " + end + ", more than " + DurationFormat.format(most)
                    + " from now, which is the longest allowed here; " + (left.toMinutes() < 1
                            ? "it cannot be put off now."
                            : "put it off by at most " + DurationFormat.format(Duration.ofMinutes(left.toMinutes())) + "."));
        }
        return end;
    }
}
