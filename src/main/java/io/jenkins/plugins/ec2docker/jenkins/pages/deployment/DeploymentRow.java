package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.OutputRow;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunPage;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One deployment as the pages and the REST API of its job, and of all of Jenkins, show it. */
@ExportedBean(defaultVisibility = 3)
public final class DeploymentRow {

    private static final Logger LOGGER = Logger.getLogger(DeploymentRow.class.getName());

    /** Null where it was deleted. */
    @CheckForNull
    private final Job<?, ?> job;
    private final String jobName;
    private final Deployment deployment;
    private final boolean underWay;
    private final Instant now;

    private DeploymentRow(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment, boolean underWay, Instant now) {
        this.job = job;
        this.jobName = jobName;
        this.deployment = deployment;
        this.underWay = underWay;
        this.now = now;
    }

    /** The last changed first. A store that cannot be read gives no rows, and a line in the system log. */
    static List<DeploymentRow> of(Job<?, ?> job) {
        Instant now = Instant.now();
        String name = job.getFullName();
        Set<String> busy = busy();
        try {
            return JobDeployments.of(job).list().stream()
                    .sorted(Comparator.comparing(Deployment::updated).reversed())
                    .map(deployment -> of(job, name, deployment, busy, now))
                    .toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The deployments of " + job + " could not be read");
            return List.of();
        }
    }

    /** Those on a page, by the time at which each was saved last; no others are read. What cannot be read is left out, with a line in the log. */
    static List<DeploymentRow> of(Job<?, ?> job, Paging paging, List<DeploymentStore.Kept> all) {
        Instant now = Instant.now();
        Set<String> busy = busy();
        DeploymentStore store = JobDeployments.of(job);
        List<DeploymentRow> rows = new ArrayList<>();
        for (DeploymentStore.Kept kept : paging.of(all)) {
            try {
                store.find(kept.name()).map(deployment -> of(job, job.getFullName(), deployment, busy, now)).ifPresent(rows::add);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Deployment " + kept.name() + " of " + job + " could not be read");
            }
        }
        return rows;
    }

    /** @param job null where it was deleted */
    static DeploymentRow of(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment) {
        return of(job, jobName, deployment, busy(), Instant.now());
    }

    /** @param busy as {@link #busy} says */
    public static DeploymentRow of(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment, Set<String> busy, Instant now) {
        return new DeploymentRow(job, jobName, deployment, busy.contains(key(jobName, deployment.name())), now);
    }

    /** Also where the reader must not know of it. */
    public static boolean isThere(String job) {
        return Builds.item(job) != null;
    }

    /** What runs are at work on. */
    public static Set<String> busy() {
        return RunSource.get().live().stream().map(view -> key(view.job(), view.deployment())).collect(Collectors.toSet());
    }

    private static String key(String job, String deployment) {
        return job + "\n" + deployment;
    }

    /** Full name of the job that made it. */
    @Exported
    public String getJobName() {
        return jobName;
    }

    /** Where the job is, below Jenkins' own address; null if it was deleted. */
    @CheckForNull
    public String getJobPage() {
        return job == null ? null : job.getUrl();
    }

    /** The deployment's own page, below Jenkins' own address. */
    public String getOwnPage() {
        return job == null ? "ec2-docker/deployment/" + getId() + "/" : job.getUrl() + "ec2-docker/deployment/" + getName() + "/";
    }

    @Exported
    public String getName() {
        return deployment.name();
    }

    @Exported
    public String getId() {
        return deployment.id();
    }

    @Exported
    public String getRegion() {
        return deployment.region();
    }

    /** {@code live}, {@code incomplete} or {@code empty}. */
    @Exported(name = "status")
    public String getStatusText() {
        return deployment.status().text();
    }

    @Exported
    public boolean isUnderWay() {
        return underWay;
    }

    @Exported
    public Map<String, String> getOutputs() {
        return RunPage.texts(deployment.outputs());
    }

    @Exported
    public String getCreated() {
        return deployment.created().toString();
    }

    @Exported
    public String getUpdated() {
        return deployment.updated().toString();
    }

    @Exported
    @CheckForNull
    public String getExpires() {
        Instant end = deployment.expires();
        return end == null || isGone() ? null : end.toString();
    }

    public boolean isGone() {
        return deployment.isGone();
    }

    public String getStatusLabel() {
        if (underWay) {
            return Messages.DeploymentRow_UnderWay();
        }
        return switch (deployment.status()) {
            case LIVE -> isDrifted() ? Messages.DeploymentRow_Drifted() : Messages.DeploymentRow_Live();
            case INCOMPLETE -> Messages.DeploymentRow_Incomplete();
            case EMPTY -> isNever() ? Messages.DeploymentRow_Never() : Messages.DeploymentRow_Gone();
        };
    }

    private boolean isDrifted() {
        return DriftView.of(job, jobName, deployment).isDrifted();
    }

    private boolean isNever() {
        return deployment.isGone() && deployment.appliedRun() == null;
    }

    public String getIcon() {
        String colour = switch (deployment.status()) {
            case LIVE -> isDrifted() ? "yellow" : "blue";
            case INCOMPLETE -> "yellow";
            case EMPTY -> "disabled";
        };
        return "symbol-status-" + (underWay ? "nobuilt-anime" : colour);
    }

    /** Where the containers answer, as a link, or their address as text; null if neither is known. */
    @CheckForNull
    public OutputRow getAddress() {
        Map<String, String> outputs = getOutputs();
        if (isGone()) {
            return null;
        }
        String value = outputs.getOrDefault("url", outputs.get("public_ip"));
        return value == null ? null : OutputRow.of("url", value);
    }

    /** Null where it never was. */
    @CheckForNull
    public String getAge() {
        return isNever() ? null : TimeText.ago(deployment.created(), now);
    }

    @CheckForNull
    public String getExpiry() {
        Instant end = deployment.expires();
        return end == null || isGone() ? null : TimeText.until(end, now);
    }

    /** By how much the reader may extend its expiry, each as in {@code 4h}; empty where it cannot be extended. */
    public List<String> getExtensions() {
        return Expiry.extensions(deployment, now, SystemSettings.get().guardrails()).stream().map(DurationFormat::format).toList();
    }

    /** Number of the build that made the last run; 0 if it is not known or gone. */
    @Exported
    public int getLastBuild() {
        return deployment.lastRun().map(RunSummary::build).filter(build -> isThere(job, build)).orElse(0);
    }

    /** Whether the build is still kept; does not load it. */
    static boolean isThere(@CheckForNull Job<?, ?> job, int build) {
        return job != null && new File(job.getBuildDir(), Integer.toString(build)).isDirectory();
    }

    /** Where that build is, below Jenkins' own address; null if it is not known or gone. */
    @CheckForNull
    public String getPage() {
        return job == null || getLastBuild() == 0 ? null : job.getUrl() + getLastBuild() + "/";
    }

    /** Who asked for the last run; null if there was none. */
    @CheckForNull
    public String getBy() {
        return deployment.lastRun().map(RunSummary::by).orElse(null);
    }
}
