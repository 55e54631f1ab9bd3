package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Queue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.DriftRecord;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Drift checks of this controller: when a person asks for one, and of everything in AWS when the administrators' schedule says so. One after
 * the other, each with an executor of Jenkins: it keeps a Terraform and a provider busy on an agent. What waits is forgotten with the process.
 */
@Extension
public final class DriftCheckWork extends ScheduledWork {

    private static final Logger LOGGER = Logger.getLogger(DriftCheckWork.class.getName());

    /** After which one that gets no executor is given up, so that others have their turn. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);

    private static final String SCHEDULE = "schedule";

    /** What waits or is under way, and since when it was asked for. */
    private final Map<AllDeployments.Key, Instant> asked = new ConcurrentHashMap<>();

    public DriftCheckWork() {
        super("EC2 Docker drift checks");
    }

    public static DriftCheckWork get() {
        return ExtensionList.lookupSingleton(DriftCheckWork.class);
    }

    @Override
    @CheckForNull
    protected String schedule() {
        return UpkeepSettings.get().driftSchedule();
    }

    @Override
    protected void due() {
        askAll();
    }

    /** Has everything checked that is in AWS. */
    void askAll() {
        for (AllDeployments.Entry entry : AllDeployments.living()) {
            Deployment deployment = entry.deployment();
            if (!deployment.isGone() && deployment.appliedRun() != null) {
                ask(entry.job(), deployment.name(), SCHEDULE);
            }
        }
    }

    /**
     * Has a deployment checked as soon as it is its turn; one that waits already does not wait twice.
     *
     * @param who the person, for the record
     */
    public void ask(String job, String deployment, String who) {
        AllDeployments.Key key = new AllDeployments.Key(job, deployment);
        if (asked.putIfAbsent(key, clock.instant()) == null) {
            later(() -> check(key, who));
        }
    }

    /** Since when a check waits or is under way; empty where none does. */
    public Optional<Instant> asked(String job, String deployment) {
        return Optional.ofNullable(asked.get(new AllDeployments.Key(job, deployment)));
    }

    /** Waits for an executor, and then until it is done. */
    private void check(AllDeployments.Key key, String who) {
        Optional<QueueTaskFuture<Queue.Executable>> queued = Optional.empty();
        try {
            queued = new Check(key, who).enqueue();
            if (queued.isPresent()) {
                queued.get().get(LONGEST_WAIT.toMinutes(), TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            LOGGER.log(Level.WARNING,
                    () -> "Deployment " + key + " was not checked for drift: nothing began it, or it was taken out of the queue.");
            queued.ifPresent(future -> future.cancel(false));
        } finally {
            asked.remove(key);
        }
    }

    /** A check in Jenkins' queue. */
    @ExportedBean
    private final class Check extends DeploymentTask {
        private final String who;

        Check(AllDeployments.Key key, String who) {
            super(key);
            this.who = who;
        }

        @Override
        void work(FilePath beside) throws IOException, InterruptedException {
            if (who.equals(SCHEDULE) && !UnattendedWork.mayBegin()) {
                return;
            }
            Optional<DeploymentReservations.Claim> claim =
                    ActiveRuns.get().claim(key.job(), key.deployment(), "it is being checked for drift.");
            if (claim.isPresent()) {
                try (DeploymentReservations.Claim held = claim.get()) {
                    record(key, who, beside).save(key.job(), key.deployment());
                }
            }
        }

        @Override
        void failed(Exception why) {
            LOGGER.log(Level.WARNING, why, () -> "What a drift check of " + key + " found could not be kept.");
        }

        @Override
        public String getDisplayName() {
            return Messages.DriftCheckWork_CheckOf(key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Check check && check.key.equals(key);
        }
    }

    private DriftRecord record(AllDeployments.Key key, String who, FilePath beside) throws InterruptedException {
        try {
            DriftReport found = AgentDriftCheck.check(key.job(), key.deployment(), who, beside, clock);
            Deployment deployment = found.deployment();
            return new DriftRecord(clock.instant(), who, deployment.id(), deployment.appliedRun(), found.drifts(), null);
        } catch (IOException | AwsException | DeploymentLock.Held | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Deployment " + key + " could not be checked for drift.");
            return new DriftRecord(clock.instant(), who, null, null, List.of(), ErrorMessage.sentence(e));
        }
    }
}
