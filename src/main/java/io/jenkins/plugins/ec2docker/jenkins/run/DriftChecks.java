package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentLock;
import io.jenkins.plugins.ec2docker.provisioning.DriftReport;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
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
public final class DriftChecks extends ScheduledWork {

    private static final Logger LOGGER = Logger.getLogger(DriftChecks.class.getName());

    /** What waits or is under way, and since when it was asked for. */
    private final Map<Registry.Key, Instant> asked = new ConcurrentHashMap<>();

    public DriftChecks() {
        super("EC2 Docker drift checks");
    }

    public static DriftChecks get() {
        return ExtensionList.lookupSingleton(DriftChecks.class);
    }

    @Override
    protected String schedule() {
        return UpkeepSettings.get().driftSchedule();
    }

    @Override
    protected void due() {
        askAll();
    }

    /** Has everything checked that is in AWS. */
    void askAll() {
        for (Registry.Entry entry : Registry.living()) {
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
        Registry.Key key = new Registry.Key(job, deployment);
        if (asked.putIfAbsent(key, clock.instant()) == null) {
            later(() -> check(key, who));
        }
    }

    /** Since when a check waits or is under way; empty where none does. */
    public Optional<Instant> asked(String job, String deployment) {
        return Optional.ofNullable(asked.get(new Registry.Key(job, deployment)));
    }

    private void check(Registry.Key key, String who) {
        Optional<Claims.Claim> claim = LiveRuns.get().claim(key.job(), key.deployment(), "it is being checked for drift.");
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
            claim.ifPresent(Claims.Claim::close);
        }
    }

    private DriftRecord record(Registry.Key key, String who) throws InterruptedException {
        try {
            DriftReport found = AgentDrift.check(key.job(), key.deployment(), who, clock);
            Deployment deployment = found.deployment();
            return new DriftRecord(clock.instant(), who, deployment.id(), deployment.appliedRun(), found.drifts(), null);
        } catch (IOException | AwsRefusal | DeploymentLock.Held | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Deployment " + key + " could not be checked for drift.");
            return new DriftRecord(clock.instant(), who, null, null, List.of(), Failures.sentence(e));
        }
    }
}
