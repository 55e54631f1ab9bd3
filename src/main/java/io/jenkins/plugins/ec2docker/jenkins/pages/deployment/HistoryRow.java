package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunPage;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunStatus;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A run in a deployment's history, as its page shows it. */
public final class HistoryRow {

    private static final Logger LOGGER = Logger.getLogger(HistoryRow.class.getName());

    /** Null where it was deleted. */
    @CheckForNull
    private final Job<?, ?> job;
    private final String jobName;
    private final RunSummary run;
    private final Deployment deployment;
    /** Null for one that is not under way. */
    @CheckForNull
    private final RunSnapshot live;
    private final Instant now;

    private HistoryRow(@CheckForNull Job<?, ?> job, String jobName, RunSummary run, Deployment deployment, @CheckForNull RunSnapshot live,
            Instant now) {
        this.job = job;
        this.jobName = jobName;
        this.run = run;
        this.deployment = deployment;
        this.live = live;
        this.now = now;
    }

    /** Those on a page, the latest first. @param job null where it was deleted */
    static List<HistoryRow> of(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment, Paging paging) {
        Instant now = Instant.now();
        List<RunSummary> latestFirst = new ArrayList<>(deployment.runs());
        Collections.reverse(latestFirst);
        List<HistoryRow> rows = new ArrayList<>();
        for (RunSummary run : paging.of(latestFirst)) {
            rows.add(new HistoryRow(job, jobName, run, deployment, RunSource.get().live(run.id()).orElse(null), now));
        }
        return rows;
    }

    public String getId() {
        return run.id();
    }

    /** The build that started it, below Jenkins' own address; null if it had none or that is gone. */
    @CheckForNull
    public String getBuildPage() {
        Integer build = run.build();
        return job != null && build != null && DeploymentRow.isThere(job, build) ? job.getUrl() + build + "/" : null;
    }

    public String getPurpose() {
        return deployment.isReapplication(run) ? RunPage.reapplication() : RunPage.label(run.purpose());
    }

    public RunStatus getStatus() {
        return live != null ? RunStatus.RUNNING : RunStatus.of(run.status());
    }

    public String getStatusLabel() {
        return Optional.ofNullable(live).flatMap(RunPage::ending).orElseGet(() -> getStatus().getLabel());
    }

    public boolean isUnderWay() {
        return live != null;
    }

    /** Its last sentence; null if it left none. */
    @CheckForNull
    public String getMessage() {
        return run.message();
    }

    public String getBy() {
        return run.by();
    }

    public String getStarted() {
        return run.started().toString();
    }

    public String getAge() {
        return TimeText.ago(run.started(), now);
    }

    /** The images that it was given, as in {@code nginx:1.27, redis:7}; null where its request is not kept. */
    @CheckForNull
    public String getImages() {
        return images(jobName, deployment, run.id());
    }

    @CheckForNull
    static String images(String job, Deployment deployment, String run) {
        try {
            return String.join(", ", JobDeployments.of(job).images(deployment.name(), run));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The request of run " + run + " of " + job + " is not kept.");
            return null;
        }
    }

    /** Whether the deployment can be rolled back to what it gave. */
    public boolean isRestorable() {
        return deployment.canRollBackTo(run.id());
    }

    /** Whether its log is kept apart, since it had no build. */
    public boolean isLogApart() {
        return Files.isRegularFile(BuildRunFiles.withoutBuild(jobName, run.id()).log());
    }

    /** What it is to the deployment as it is now; null for a run that others have followed. */
    @CheckForNull
    public String getStanding() {
        if (!deployment.isServedBy(run)) {
            return null;
        }
        return run.isGood() ? Messages.HistoryRow_Serves() : Messages.HistoryRow_AppliedLast();
    }
}
