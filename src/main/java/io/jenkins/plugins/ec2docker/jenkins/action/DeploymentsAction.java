package io.jenkins.plugins.ec2docker.jenkins.action;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Job;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a job has in AWS, on the job's page and at {@code job/…/ec2-docker}. Read from the job's deployment store; builds are never loaded
 * for it. Needs {@link Item#READ} on the job.
 */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class DeploymentsAction implements Action {

    /** Rows on the job's own page; its sub-page has them all. */
    private static final int MOST_ON_JOB_PAGE = 5;

    private final Job<?, ?> job;

    DeploymentsAction(Job<?, ?> job) {
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return job.hasPermission(Item.READ) ? "symbol-cloud" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.DeploymentsAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "ec2-docker";
    }

    public Job<?, ?> getJob() {
        return job;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The latest first; destroyed ones too. */
    @Exported(inline = true)
    public List<DeploymentRow> getDeployments() {
        return job.hasPermission(Item.READ) ? DeploymentRow.of(job) : List.of();
    }

    /** Those that the job's page shows: what is in AWS before what is gone. */
    public List<DeploymentRow> getLatest() {
        return getDeployments().stream()
                .sorted((a, b) -> Boolean.compare(a.isGone(), b.isGone()))
                .limit(MOST_ON_JOB_PAGE)
                .toList();
    }

    public boolean isMore() {
        return getDeployments().size() > MOST_ON_JOB_PAGE;
    }
}
