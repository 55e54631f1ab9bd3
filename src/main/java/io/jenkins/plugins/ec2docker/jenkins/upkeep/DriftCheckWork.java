package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Drift checks of this controller: when a person asks for one, and of everything in AWS when the administrators' schedule says so. One after
 * the other: each keeps a Terraform and a provider busy on an agent. What waits is forgotten with the process.
 */
@Extension
public final class DriftCheckWork extends ScheduledWork {

    private static final Logger LOGGER = Logger.getLogger(DriftCheckWork.class.getName());

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
                ask(entry.job(), deployment.name(), "schedule");
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

    private void check(AllDeployments.Key key, String who) {
        Optional<DeploymentReservations.Claim> claim =
                ActiveRuns.get().claim(key.job(), key.deployment(), "it is being checked for drift.");
        try {
            if (claim.isPresent()) {
                record(key, who).save(key.job(), key.deployment());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "What a drift check of " + key + " found could not be kept.");
        } finally {
            asked.remove(key);
            claim.ifPresent(DeploymentReservations.Claim::close);
        }
    }

    private DriftRecord record(AllDeployments.Key key, String who) throws InterruptedException {
        try {
            DriftReport found = AgentDriftCheck.check(key.job(), key.deployment(), who, clock);
            Deployment deployment = found.deployment();
            return new DriftRecord(clock.instant(), who, deployment.id(), deployment.appliedRun(), found.drifts(), null);
        } catch (IOException | AwsException | DeploymentLock.Held | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Deployment " + key + " could not be checked for drift.");
            return new DriftRecord(clock.instant(), who, null, null, List.of(), ErrorMessage.sentence(e));
        }
    }
}
