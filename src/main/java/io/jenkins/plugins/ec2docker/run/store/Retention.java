package io.jenkins.plugins.ec2docker.run.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much history is kept. Decides what may go; pure.
 *
 * @param runs how many of a deployment's latest runs are kept; 0 for no limit
 * @param days how long a run is kept, and a deployment that was destroyed; 0 for no limit
 */
public record Retention(int runs, int days) {

    /** Where nothing else is said. */
    public static final Retention STANDARD = new Retention(50, 180);

    /** Different requests of good runs that stay whatever the limits are: the present one and two to roll back to. */
    private static final int REQUESTS = 3;

    /**
     * What began earlier is beyond the limits.
     *
     * @param begun when each run began, oldest first
     */
    public Instant since(List<Instant> begun, Instant now) {
        Instant byNumber = runs > 0 && begun.size() >= runs ? begun.get(begun.size() - runs) : Instant.MIN;
        Instant byAge = days > 0 ? now.minus(Duration.ofDays(days)) : Instant.MIN;
        return byNumber.isAfter(byAge) ? byNumber : byAge;
    }

    /** Likewise of a deployment's history. */
    Instant since(Deployment deployment, Instant now) {
        return since(deployment.runs().stream().map(RunSummary::started).toList(), now);
    }

    /** Whether nothing of a deployment is kept: it was destroyed long ago, and no run of it may have left something in AWS. */
    boolean isPast(Deployment deployment, Instant now) {
        return days > 0 && deployment.isGone() && deployment.runs().stream().noneMatch(RunSummary::unsettled)
                && !deployment.updated().isAfter(now.minus(Duration.ofDays(days)));
    }

    /**
     * A deployment with the runs that are kept.
     *
     * @param latestState the run that left its latest state version; null for none
     */
    Deployment shortened(Deployment deployment, @CheckForNull String latestState, Instant now) {
        Instant since = since(deployment, now);
        Set<String> needed = needed(deployment, latestState);
        return deployment.toBuilder()
                .runs(deployment.runs().stream()
                        .filter(run -> !run.started().isBefore(since) || run.unsettled() || needed.contains(run.id()))
                        .toList())
                .build();
    }

    /**
     * Whether a state version that is not the latest is not kept.
     *
     * @param kept the deployment with the runs that are kept
     * @param runId the run that left it: one that is not kept, or none of the history, as what was found in S3
     */
    static boolean isPast(Deployment kept, String runId, Instant written, Instant since) {
        return kept.run(runId).isEmpty() && written.isBefore(since);
    }

    private static Set<String> needed(Deployment deployment, @CheckForNull String latestState) {
        Set<String> needed = new HashSet<>();
        Stream.of(deployment.boot(), deployment.beside()).forEach(generation -> needed.add(generation == null ? "" : generation.runId()));
        needed.add(deployment.appliedRun());
        needed.add(deployment.redeploying());
        needed.add(latestState);
        needed.add(deployment.lastRun().map(RunSummary::id).orElse(""));
        Set<String> requests = new HashSet<>();
        for (int i = deployment.runs().size() - 1; i >= 0 && requests.size() < REQUESTS; i--) {
            RunSummary run = deployment.runs().get(i);
            if (run.isGood() && run.content() != null && requests.add(run.content())) {
                needed.add(run.id());
            }
        }
        return needed;
    }
}
