package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RefusedAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.StateUnlock;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.state.StateRestoration;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.StateSummary;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponses;

/**
 * The states that a deployment has had, for its page: listed, handed out, brought back. Whoever calls has checked the permission; who had
 * or brought back which version is in the system log.
 */
public final class StateList {

    private static final Logger LOGGER = Logger.getLogger(StateList.class.getName());

    private final String job;
    private final Deployment deployment;
    private final StateVersions versions;
    private final List<StateVersions.Version> all;

    private StateList(String job, Deployment deployment, StateVersions versions, List<StateVersions.Version> all) {
        this.job = job;
        this.deployment = deployment;
        this.versions = versions;
        this.all = all;
    }

    static StateList of(String job, Deployment deployment, StateVersions versions) throws IOException {
        return new StateList(job, deployment, versions, versions.list());
    }

    /** By the request's parameter {@code states}. */
    public Paging getPaging() {
        return Paging.of("states", all.size());
    }

    /** Of the page, the latest first. Each has to be decrypted to be shown. */
    public List<StateRow> getRows() {
        List<StateVersions.Version> latestFirst = new ArrayList<>(all);
        Collections.reverse(latestFirst);
        Instant now = Instant.now();
        return getPaging().of(latestFirst).stream()
                .map(each -> new StateRow(each.number(), each.runId(), summary(each), each.equals(latestFirst.get(0)), now))
                .toList();
    }

    @CheckForNull
    private StateSummary summary(StateVersions.Version version) {
        try {
            return StateSummary.of(versions, version);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "State version " + version.number() + " of " + what() + " cannot be read");
            return null;
        }
    }

    /** @throws org.kohsuke.stapler.HttpResponses.HttpResponseException if there is no such version */
    StateDownload download(int number) throws IOException {
        StateVersions.Version version = versions.find(number).orElseThrow(HttpResponses::notFound);
        LOGGER.info(() -> "State version " + number + " of " + what() + " was given to " + who() + ".");
        return new StateDownload(versions.read(version), deployment.id() + "-" + number);
    }

    /** @throws RefusedAction with a sentence for people, if it cannot be brought back now, or ever */
    void restore(int number) throws IOException, InterruptedException {
        requireIdle(job, deployment.name());
        try {
            // A Terraform that a killed run left works on an agent, and its run is under way again as soon as Jenkins is.
            new StateRestoration(JobDeployments.of(job), Duration.ZERO, who(), Clock.systemUTC(), LOGGER::info).of(deployment.name(),
                    number);
            LOGGER.info(() -> "State version " + number + " of " + what() + " was brought back by " + who() + ".");
        } catch (DeploymentLock.Held | StateRestoration.NotRestored e) {
            throw new RefusedAction(e.getMessage());
        }
    }

    /** Where in S3 it is, as in {@code s3://bucket/key}; null where it is on this controller alone. */
    @CheckForNull
    public String getS3() {
        try {
            return JobDeployments.of(job).s3(deployment).map(Object::toString).orElse(null);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Where the state of " + what() + " is cannot be read");
            return null;
        }
    }

    /** @throws RefusedAction with a sentence for people, if it is not given free */
    void unlock(String lock) {
        try {
            StateUnlock.of(job, deployment.name(), lock, who());
        } catch (IOException | AwsException e) {
            throw new RefusedAction(e.getMessage());
        }
    }

    /** @throws RefusedAction if a run works on the deployment or waits to */
    static void requireIdle(String job, String deployment) {
        if (RunSource.get().live().stream().anyMatch(view -> view.job().equals(job) && view.deployment().equals(deployment))) {
            throw new RefusedAction(Messages.StateList_AtWork(deployment));
        }
    }

    private String what() {
        return "deployment " + deployment.name() + " of " + job;
    }

    public static String who() {
        return Jenkins.getAuthentication2().getName();
    }
}
