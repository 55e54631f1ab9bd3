package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.security.AccessControlled;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.LogDownload;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RefusedAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunBuildAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * One deployment: its runs and the states it has had. At {@code job/…/ec2-docker/deployment/NAME} for whoever may read the job, and at
 * {@code /ec2-docker/deployment/ID} for whoever may read the system, where the job was deleted; the parent has checked that.
 */
@Restricted(NoExternalUse.class)
public final class DeploymentPage implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(DeploymentPage.class.getName());

    @CheckForNull
    private final Job<?, ?> job;
    private final String jobName;
    private final Deployment deployment;

    /** @param job null where it was deleted */
    public DeploymentPage(@CheckForNull Job<?, ?> job, String jobName, Deployment deployment) {
        this.job = job;
        this.jobName = jobName;
        this.deployment = deployment;
    }

    /** For the breadcrumbs. */
    @Override
    public String getDisplayName() {
        return deployment.name();
    }

    /** Null where it was deleted. */
    @CheckForNull
    public Job<?, ?> getJob() {
        return job;
    }

    /** What it is now. */
    public DeploymentRow getRow() {
        return DeploymentRow.of(job, jobName, deployment);
    }

    /** When its instance is started and stopped; null where it is always on, or gone. */
    @CheckForNull
    public String getSchedule() {
        String applied = deployment.appliedRun();
        if (deployment.isGone() || applied == null) {
            return null;
        }
        try {
            WorkingHoursSchedule schedule = JobDeployments.of(jobName).request(deployment.name(), applied).schedule();
            return schedule == null ? null : schedule.toString();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The request of deployment " + deployment.name() + " of " + jobName + " cannot be read.");
            return null;
        }
    }

    /** Why it would not be destroyed at its end as things are; null where it would, or has no end. */
    @CheckForNull
    public String getEndWaits() {
        return deployment.isGone() || deployment.expires() == null ? null
                : UnattendedWork.hindrance().map(Messages::DeploymentPage_EndWaits).orElse(null);
    }

    /** Of the page that the request asks for; the latest first. */
    public List<HistoryRow> getRuns() {
        return HistoryRow.of(job, jobName, deployment, getPaging());
    }

    /** Of the runs, by the request's parameter {@code page}. */
    public Paging getPaging() {
        return Paging.of("page", deployment.runs().size());
    }

    /** The images that it runs now; null where that is not known. */
    @CheckForNull
    public String getPresentImages() {
        String applied = deployment.appliedRun();
        return applied == null ? null : HistoryRow.images(jobName, deployment, applied);
    }

    /** What is known of its states. */
    public StateList getStates() throws IOException {
        return StateList.of(jobName, deployment, JobDeployments.of(jobName).states(deployment.name()));
    }

    /** Whether the reader may have states and bring them back. */
    public boolean isStateAllowed() {
        return owner().hasPermission(Ec2DockerPermissions.STATE);
    }

    /** A state version as a file; holds secrets. */
    @GET
    public HttpResponse doState(@QueryParameter int version) throws IOException {
        owner().checkPermission(Ec2DockerPermissions.STATE);
        return getStates().download(version);
    }

    /** Makes an earlier state version the latest. */
    @RequirePOST
    public HttpResponse doRestore(@QueryParameter int version) throws IOException, InterruptedException {
        owner().checkPermission(Ec2DockerPermissions.STATE);
        getStates().restore(version);
        return HttpResponses.redirectToDot();
    }

    /** Gives a lock on the state in S3 free whose holder is dead. */
    @RequirePOST
    public HttpResponse doUnlock(@CheckForNull @QueryParameter String lock) throws IOException {
        owner().checkPermission(Ec2DockerPermissions.STATE);
        getStates().unlock(Util.fixNull(lock));
        return HttpResponses.redirectToDot();
    }

    /** What is known of differences between AWS and what was applied. */
    public DriftView getDrift() {
        return DriftView.of(job, jobName, deployment);
    }

    /** Whether the reader may have it checked, and see what differs. */
    public boolean isProvisionAllowed() {
        return owner().hasPermission(Ec2DockerPermissions.PROVISION);
    }

    /** Whether the reader may change it and extend its expiry without a build. */
    public boolean isMaintainAllowed() {
        return owner().hasPermission(Ec2DockerPermissions.MAINTAIN);
    }

    /** What waits in the queue, or why the last run from a page could not begin; null for nothing. */
    @CheckForNull
    public String getNotice() {
        return RunSource.get().notice(jobName, deployment.name()).orElse(null);
    }

    /** Whether something is under way that will change what the page shows. */
    public boolean isPending() {
        return getNotice() != null || getDrift().getAsked() != null || getRow().isUnderWay();
    }

    /** Has it checked for drift. */
    @RequirePOST
    public HttpResponse doDrift() {
        owner().checkPermission(Ec2DockerPermissions.PROVISION);
        getDrift().check();
        return HttpResponses.redirectToDot();
    }

    /** Applies again what was applied last, by a run that waits in Jenkins' queue for an executor. */
    @RequirePOST
    public HttpResponse doReapply() throws InterruptedException {
        owner().checkPermission(Ec2DockerPermissions.MAINTAIN);
        getDrift().reapply();
        return HttpResponses.redirectToDot();
    }

    /** Rolls it back to what an earlier run gave, by a run that waits in Jenkins' queue for an executor. */
    @RequirePOST
    public HttpResponse doRollback(@QueryParameter String run) throws InterruptedException {
        owner().checkPermission(Ec2DockerPermissions.MAINTAIN);
        if (!deployment.canRollBackTo(run)) {
            throw new RefusedAction(Messages.DeploymentPage_NoWayBack(run, deployment.name()));
        }
        RunSource.schedule(jobName, deployment, RunOrder.rollback(deployment.name(), run, null), null);
        return HttpResponses.redirectToDot();
    }

    /** Whether the reader may stop runs of it. */
    public boolean isStopAllowed() {
        return owner().hasPermission(Item.CANCEL);
    }

    /** Asks a run to stop, as an abort of its build would; for those that have no build. */
    @RequirePOST
    public HttpResponse doStop(@QueryParameter String run) {
        owner().checkPermission(Item.CANCEL);
        boolean ours = RunSource.get().live().stream()
                .anyMatch(view -> view.runId().equals(run) && view.job().equals(jobName) && view.deployment().equals(deployment.name()));
        if (!ours) {
            throw new RefusedAction(Messages.DeploymentPage_NotUnderWay(run, deployment.name()));
        }
        RunSource.stop(run);
        return HttpResponses.redirectToDot();
    }

    /** Whether there is something to destroy, and the reader may. */
    public boolean isDestroyable() {
        return !deployment.isGone() && owner().hasPermission(Ec2DockerPermissions.DESTROY);
    }

    /** Has it destroyed, by a run that waits in Jenkins' queue for an executor. */
    @RequirePOST
    public HttpResponse doDestroy() throws InterruptedException {
        owner().checkPermission(Ec2DockerPermissions.DESTROY);
        if (deployment.isGone()) {
            throw new RefusedAction(Messages.ProvisionAction_NothingToDestroy(deployment.name()));
        }
        StateList.requireIdle(jobName, deployment.name());
        RunSource.schedule(jobName, deployment, RunOrder.destroy(deployment.name(), null), null);
        return HttpResponses.redirectToDot();
    }

    /** Leads to the page of a run; only then is its build loaded. */
    @GET
    public HttpResponse doRun(@CheckForNull @QueryParameter String id) {
        Integer number = deployment.run(id).map(RunSummary::build).orElse(null);
        Run<?, ?> build = job == null || number == null ? null : job.getBuildByNumber(number);
        return build == null ? HttpResponses.notFound()
                : RunBuildAction.of(build, id).map(page -> HttpResponses.redirectViaContextPath(build.getUrl() + page.getUrlName() + "/"))
                        .orElseGet(HttpResponses::notFound);
    }

    /** The log of a run that had no build, as one of a deleted job. */
    @GET
    public HttpResponse doLog(@CheckForNull @QueryParameter String run) {
        Path log = deployment.run(run).map(known -> BuildRunFiles.withoutBuild(jobName, known.id()).log()).orElse(null);
        if (log == null || !Files.isRegularFile(log)) {
            throw HttpResponses.notFound();
        }
        return new LogDownload(log, deployment.name() + "-" + run);
    }

    /** Whose permissions count. */
    private AccessControlled owner() {
        return job == null ? Jenkins.get() : job;
    }
}
