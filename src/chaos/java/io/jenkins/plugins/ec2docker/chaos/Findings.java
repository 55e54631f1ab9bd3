package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.chaos.AwsView.Thing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong after a recovery. Everything but {@code toSweep} has to be empty.
 *
 * @param orphans what is in AWS and neither the latest state nor a sweep knows
 * @param toSweep what is in AWS and only a sweep knows
 * @param statesLost states that the store or a workspace held after the run that was hit, and the store does not hold now
 * @param doubled instances beyond the first of a generation
 * @param processes what is still at work
 * @param unrecovered why the recovery did not lead to what it was for
 */
public record Findings(List<Thing> orphans, List<Thing> toSweep, int statesLost, int doubled, List<String> processes,
        List<String> unrecovered) {

    /** @param there whether the recovery was to end with the deployment in AWS */
    static Findings of(AwsView aws, Kept before, Kept after, Set<String> sweep, List<String> processes, int exitCode, boolean there)
            throws IOException {
        return of(aws, after.knownIds(), after.lostSince(before), sweep, processes,
                exitCode == 0 ? List.of() : List.of("the recovery ended with " + exitCode), there ? 1 : 0);
    }

    /**
     * Of one deployment or several.
     *
     * @param known what their latest states know
     * @param failures of the recoveries
     * @param serving how many instances are to be there
     */
    public static Findings of(AwsView aws, Set<String> known, int statesLost, Set<String> sweep, List<String> processes,
            List<String> failures,
            int serving) {
        List<Thing> orphans = new ArrayList<>();
        List<Thing> toSweep = new ArrayList<>();
        for (Thing thing : aws.things()) {
            if (!thing.isCoveredBy(known)) {
                boolean swept = sweep.contains(thing.id()) || sweep.contains(String.valueOf(thing.partOf()));
                (swept ? toSweep : orphans).add(thing);
            }
        }
        Map<String, Integer> generations = new HashMap<>();
        aws.instances().forEach(instance -> generations.merge(instance.generation(), 1, Integer::sum));
        int doubled = generations.values().stream().mapToInt(count -> count - 1).sum();

        List<String> unrecovered = new ArrayList<>(failures);
        long there = aws.instances().stream().filter(instance -> known.contains(instance.id())).count();
        if (there != serving) {
            unrecovered.add(there + " instances are known and in AWS");
        }
        if (serving == 0 && !known.isEmpty()) {
            unrecovered.add("of a destroyed deployment the state still knows " + known);
        }
        return new Findings(orphans, toSweep, statesLost, doubled, processes, unrecovered);
    }

    /** Leaving out what was known to be left to a sweep before. */
    Findings without(Set<Thing> known) {
        List<Thing> more = toSweep.stream().filter(thing -> !known.contains(thing)).toList();
        return new Findings(orphans, more, statesLost, doubled, processes, unrecovered);
    }

    public boolean isGood() {
        return orphans.isEmpty() && statesLost == 0 && doubled == 0 && processes.isEmpty() && unrecovered.isEmpty();
    }
}
