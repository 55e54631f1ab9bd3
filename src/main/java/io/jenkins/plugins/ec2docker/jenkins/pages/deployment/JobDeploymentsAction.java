package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RefusedAction;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.ExpiryExtension;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What a job has in AWS, on the job's page and at {@code job/…/ec2-docker}. Read from the job's deployment store; builds are never loaded
 * for it. Needs {@link Item#READ} on the job, and {@link #doExtend} {@link Ec2DockerPermissions#MAINTAIN}.
 */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class JobDeploymentsAction implements Action {

    private static final Logger LOGGER = Logger.getLogger(JobDeploymentsAction.class.getName());

    /** Rows on the job's own page; its sub-page has them all. */
    private static final int MOST_ON_JOB_PAGE = 5;

    private final Job<?, ?> job;

    JobDeploymentsAction(Job<?, ?> job) {
        this.job = job;
    }

    @Override
    @CheckForNull
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

    /** Of the page that the request asks for; the last changed first, destroyed ones too. */
    @Exported(inline = true)
    public List<DeploymentRow> getDeployments() {
        return DeploymentRow.of(job, getPaging(), kept());
    }

    /** By the request's parameter {@code page}. */
    public Paging getPaging() {
        return Paging.of("page", kept().size());
    }

    @Exported(name = "page")
    public int getNumber() {
        return getPaging().getNumber();
    }

    /** Of all pages. */
    @Exported
    public int getTotal() {
        return getPaging().getTotal();
    }

    private List<DeploymentStore.Kept> kept() {
        try {
            return job.hasPermission(Item.READ)
                    ? JobDeployments.of(job).kept().stream().sorted(DeploymentStore.Kept.LATEST_FIRST).toList()
                    : List.of();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The deployments of " + job + " could not be read");
            return List.of();
        }
    }

    /** The page of one; what Stapler asks for {@code deployment/NAME}. Null if there is none of that name. */
    @CheckForNull
    public DeploymentPage getDeployment(String name) throws IOException {
        job.checkPermission(Item.READ);
        return DeploymentStore.isName(name)
                ? JobDeployments.of(job).find(name).map(found -> new DeploymentPage(job, job.getFullName(), found)).orElse(null)
                : null;
    }

    /** Whether a run works on one of them. */
    public boolean isPending() {
        return getDeployments().stream().anyMatch(DeploymentRow::isUnderWay);
    }

    /** Whether the reader may extend an expiry. */
    public boolean isExtendable() {
        return job.hasPermission(Ec2DockerPermissions.MAINTAIN);
    }

    /**
     * Puts a deployment's end off.
     *
     * @param by as {@code 4h} or {@code 2d}
     */
    @RequirePOST
    public HttpResponse doExtend(@CheckForNull @QueryParameter String deployment, @CheckForNull @QueryParameter String by)
            throws IOException {
        job.checkPermission(Ec2DockerPermissions.MAINTAIN);
        String name = Util.fixNull(deployment);
        String more = Util.fixNull(by);
        Duration length = DurationFormat.parse(more).orElseThrow(() -> new RefusedAction(Messages.DeploymentsAction_By(more)));
        if (!DeploymentStore.isName(name)) {
            throw new RefusedAction(Messages.DeploymentsAction_Unknown(name));
        }
        User user = User.current();
        try {
            new ExpiryExtension(
                    JobDeployments.of(job), SystemSettings.get().guardrails(), user == null ? "anonymous" : user.getId(), Clock.systemUTC())
                    .of(name, length);
        } catch (IllegalArgumentException | DeploymentLock.Held | Expiry.NotExtended e) {
            throw new RefusedAction(e.getMessage());
        }
        return HttpResponses.forwardToPreviousPage();
    }

    /** Those that the job's page shows: what is in AWS before what is gone. */
    public List<DeploymentRow> getLatest() {
        return (job.hasPermission(Item.READ) ? DeploymentRow.of(job) : List.<DeploymentRow>of()).stream()
                .sorted((a, b) -> Boolean.compare(a.isGone(), b.isGone()))
                .limit(MOST_ON_JOB_PAGE)
                .toList();
    }

    public boolean isMore() {
        return getTotal() > MOST_ON_JOB_PAGE;
    }
}
