package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RefusedAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.DriftRecord;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.DriftCheckWork;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftedAttribute;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a deployment's page shows of its drift, and what can be done about it. Whoever calls has checked the permission. */
public final class DriftView {

    private static final Logger LOGGER = Logger.getLogger(DriftView.class.getName());

    @CheckForNull
    private final Job<?, ?> job;
    private final String jobName;
    private final Deployment deployment;
    /** Null before the first check. */
    @CheckForNull
    private final DriftRecord record;
    private final Instant now = Instant.now();

    private DriftView(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment, @CheckForNull DriftRecord record) {
        this.job = job;
        this.jobName = jobName;
        this.deployment = deployment;
        this.record = record;
    }

    /** @param job null where it was deleted */
    static DriftView of(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment) {
        DriftRecord record = null;
        try {
            // What was found about an earlier deployment of the name, or before the last run, says nothing about this one as it is.
            Instant changed = deployment.lastRun().map(RunSummary::ended).orElse(deployment.created());
            record = DriftRecord.find(jobName, deployment.name())
                    .filter(found -> found.checked().isAfter(changed))
                    .orElse(null);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The last drift check of " + deployment.name() + " of " + jobName + " cannot be read");
        }
        return new DriftView(job, jobName, deployment, record);
    }

    /** Whether there is something to compare. */
    public boolean isCheckable() {
        return !deployment.isGone() && deployment.lastApplied() != null;
    }

    /** Whether the last check found that AWS is not as it was applied. */
    boolean isDrifted() {
        return !deployment.isGone() && record != null && !record.drifts().isEmpty();
    }

    /** Since when a check waits or is under way, as in {@code 5 sec ago}; null where none does. */
    @CheckForNull
    public String getAsked() {
        return DriftCheckWork.get().asked(jobName, deployment.name()).map(since -> TimeText.ago(since, now)).orElse(null);
    }

    /** Null before the first check. */
    @CheckForNull
    public String getChecked() {
        return record == null ? null : record.checked().toString();
    }

    @CheckForNull
    public String getAge() {
        return record == null ? null : TimeText.ago(record.checked(), now);
    }

    /** Why it could not be found out; null where it could. */
    @CheckForNull
    public String getProblem() {
        return record == null ? null : record.problem();
    }

    public List<DriftedAttribute> getRows() {
        return record == null ? List.of() : record.drifts();
    }

    /** The run that was applied last. */
    @CheckForNull
    public String getRun() {
        return deployment.lastApplied();
    }

    /** Whether AWS differs, and what was applied last can be applied again. */
    public boolean isReappliable() {
        return !getRows().isEmpty() && isCheckable() && job != null && isGood();
    }

    private boolean isGood() {
        return deployment.run(deployment.lastApplied()).filter(RunSummary::isGood).isPresent();
    }

    /** @throws RefusedAction with a sentence for people, if it cannot be checked now */
    void check() {
        if (!isCheckable()) {
            throw new RefusedAction(Messages.DriftView_Gone(deployment.name()));
        }
        StateList.requireIdle(jobName, deployment.name());
        DriftCheckWork.get().ask(jobName, deployment.name(), StateList.who());
    }

    /** @throws RefusedAction with a sentence for people, if it cannot be applied again */
    void reapply() throws InterruptedException {
        if (!isCheckable()) {
            throw new RefusedAction(Messages.DriftView_Gone(deployment.name()));
        }
        if (!isGood()) {
            throw new RefusedAction(Messages.DriftView_NotGood(deployment.lastApplied()));
        }
        RunSource.schedule(jobName, deployment, RunOrder.rollback(deployment.name(), deployment.lastApplied(), null), null);
    }
}
