package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when a deployment's schedule asks for its instance to be started or stopped. What happens in between is nobody's business: an
 * instance that a person or a run starts at night runs until the next stop. Pure; whoever asks does it.
 */
public final class WorkingHours {

    private WorkingHours() {}

    /**
     * @param run whether it is to be started, or else stopped
     * @param at the moment that the schedule names, which may have passed a while ago
     */
    public record Change(boolean run, Instant at) {}

    /**
     * @param schedule null for none
     * @param done up to which moment of the schedule everything has been done; null for none yet
     */
    public static Optional<Change> due(@CheckForNull WorkingHoursSchedule schedule, Deployment deployment, Instant now,
            @CheckForNull Instant done) {
        if (schedule == null || deployment.status() != Deployment.Status.LIVE || deployment.instanceId().isEmpty()) {
            return Optional.empty();
        }
        Instant begun = deployment.lastRun().map(RunSummary::started).orElse(deployment.created());
        return schedule.lastChange(now)
                .filter(at -> done == null || at.isAfter(done))
                // Whoever has a run made after that moment wants it to run.
                .filter(at -> at.isAfter(begun))
                .map(at -> new Change(schedule.runsAt(at), at));
    }
}
