package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunPage;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunStatus;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A run in a deployment's history, as its page shows it. */
public final class HistoryRow {

    private final String job;
    private final RunSummary run;
    private final boolean serving;
    private final boolean underWay;
    private final Instant now;

    private HistoryRow(String job, RunSummary run, boolean serving, boolean underWay, Instant now) {
        this.job = job;
        this.run = run;
        this.serving = serving;
        this.underWay = underWay;
        this.now = now;
    }

    /** The latest first. */
    static List<HistoryRow> of(String job, Deployment deployment) {
        Instant now = Instant.now();
        List<HistoryRow> rows = new ArrayList<>();
        for (RunSummary run : deployment.runs()) {
            rows.add(new HistoryRow(job, run, deployment.isServedBy(run), RunSource.get().live(run.id()).isPresent(), now));
        }
        Collections.reverse(rows);
        return rows;
    }

    public String getId() {
        return run.id();
    }

    public String getPurpose() {
        return RunPage.label(run.purpose());
    }

    public RunStatus getStatus() {
        return underWay ? RunStatus.RUNNING : RunStatus.of(run.status());
    }

    public boolean isUnderWay() {
        return underWay;
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

    /** Whether its log is kept apart, since it had no build. */
    public boolean isLogApart() {
        return Files.isRegularFile(BuildRunFiles.withoutBuild(job, run.id()).log());
    }

    /** Whether it is this run's request that is in AWS. */
    public boolean isServing() {
        return serving;
    }
}
