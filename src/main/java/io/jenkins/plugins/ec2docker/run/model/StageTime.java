package io.jenkins.plugins.ec2docker.run.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How long a stage took, from its first action's start to its last action's end. Stages overlap, so the sum exceeds the run's time.
 *
 * @param seconds with millisecond resolution; up to {@code now} for a stage that is under way
 */
public record StageTime(Stage stage, double seconds, boolean finished, boolean failed) {

    /** The stages that have begun, in the order of {@link Stage}. */
    public static List<StageTime> of(ProvisioningRun run, Instant now) {
        return Arrays.stream(Stage.values())
                .map(stage -> of(stage, run.actions().stream().filter(record -> record.action().stage() == stage).toList(), now))
                .filter(Objects::nonNull)
                .toList();
    }

    @CheckForNull
    private static StageTime of(Stage stage, List<ActionRecord> records, Instant now) {
        if (records.isEmpty()) {
            return null;
        }
        Instant start = records.stream().map(ActionRecord::started).min(Comparator.naturalOrder()).orElseThrow();
        boolean underWay = records.stream().anyMatch(ActionRecord::isUnderWay);
        Instant end = underWay ? now : records.stream().map(ActionRecord::ended).max(Comparator.naturalOrder()).orElseThrow();
        double seconds = Duration.between(start, end).toMillis() / 1000.0;
        return new StageTime(stage, seconds, !underWay, records.stream().anyMatch(ActionRecord::isFailed));
    }
}
