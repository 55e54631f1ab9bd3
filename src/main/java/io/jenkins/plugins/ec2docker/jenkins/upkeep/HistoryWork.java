package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunStore;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.OrphanRunFiles;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.HistoryPruning;
import io.jenkins.plugins.ec2docker.run.store.Retention;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Removes history that administrators do not want to keep, once a day: runs and states of deployments, deployments that were destroyed, logs of
 * runs without a build. What something works on, or waits to, is left to the next day.
 */
@Extension
public final class HistoryWork extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(HistoryWork.class.getName());
    private static final String WHO = "history limits";

    private final Clock clock = Clock.systemUTC();

    public HistoryWork() {
        super("EC2 Docker history");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.DAYS.toMillis(1);
    }

    /** Soon, so that a Jenkins which is restarted every night does it too. */
    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(15);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) throws IOException {
        // A copy of a controller would remove logs that the original has on a disk that both see.
        if (UnattendedWork.mayBegin()) {
            prune(clock.instant());
        }
    }

    public void prune(Instant now) throws IOException {
        Retention limits = UpkeepSettings.get().history();
        // Those too that could not be taken up after a restart.
        Set<AllDeployments.Key> busy = ActiveRunStore.here().list().stream()
                .map(run -> new AllDeployments.Key(run.job(), run.deployment().name()))
                .collect(Collectors.toSet());
        for (String job : AllDeployments.jobs()) {
            DeploymentStore store = JobDeployments.of(job);
            HistoryPruning pruning = new HistoryPruning(store, limits, WHO);
            try {
                store.names().stream().map(name -> new AllDeployments.Key(job, name)).filter(key -> !busy.contains(key))
                        .forEach(key -> prune(key, pruning, now));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The deployments of " + job + " cannot be listed; their old history is kept for now.");
            }
        }
        OrphanRunFiles.prune(limits, now);
    }

    private static void prune(AllDeployments.Key key, HistoryPruning pruning, Instant now) {
        try {
            Optional<DeploymentReservations.Claim> claim = pruning.isDue(key.deployment(), now)
                    ? ActiveRuns.get().claim(key.job(), key.deployment(), "its old history is just being removed.")
                    : Optional.empty();
            if (claim.isPresent()) {
                try (DeploymentReservations.Claim held = claim.get()) {
                    pruning.of(key.deployment(), now)
                            .ifPresent(removed -> LOGGER.info(() -> "Of deployment " + key + " " + removed + " was removed: it is old."));
                }
            }
        } catch (IOException | DeploymentLock.Held e) {
            LOGGER.log(Level.WARNING, () -> "Old history of deployment " + key + " is kept for now: " + ErrorMessage.sentence(e));
        }
    }
}
