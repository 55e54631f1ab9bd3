package io.jenkins.plugins.ec2docker.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.images.ImageRegistry;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.RunImageDigests;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.RunStart;
import io.jenkins.plugins.ec2docker.run.RunSteps;
import io.jenkins.plugins.ec2docker.run.RunTools;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.CredentialsSource;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.site.LocalSite;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.state.CrashRecovery;
import io.jenkins.plugins.ec2docker.run.state.StateMaintenance;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.EarlierRequest;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformNotFoundException;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftCheck;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftReport;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.ExpiryExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The engine's front door on one machine: makes, plans and destroys deployments of a store, one run at a call, waiting for it.
 *
 * <p>An instance serves one call at a time; {@link #interrupt()} may come from anywhere.
 */
public final class LocalEngine {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final CredentialsSource credentials;
    private final RunObserver listener;
    private final Clock clock;

    @CheckForNull
    private ImageRegistry registry;
    @CheckForNull
    private RunDriver driver;
    private boolean interrupted;

    public LocalEngine(
            DeploymentStore store, RunSettings settings, CredentialsSource credentials, RunObserver listener, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.credentials = credentials;
        this.listener = listener;
        this.clock = clock;
    }

    /** With all registries in one place, instead of where images' names say. */
    LocalEngine asking(ImageRegistry everyRegistry) {
        registry = everyRegistry;
        return this;
    }

    /**
     * Brings a deployment to a request.
     *
     * @param request held against the guardrails already
     * @param usersCsv the users file, checked already, or null for none
     * @throws DeploymentLock.Held if another run is at work on it
     * @throws TerraformNotFoundException if there is no Terraform to run
     * @throws IOException if the store cannot be read or written
     */
    public RunReport provision(ProvisionRequest request, @CheckForNull byte[] usersCsv)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.PROVISION, request.name(), () -> new Asked(request, usersCsv, null));
    }

    /** Says what {@link #provision} would do. What it finds out is not kept. */
    public RunReport plan(ProvisionRequest request, @CheckForNull byte[] usersCsv)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.PLAN, request.name(), () -> new Asked(request, usersCsv, null));
    }

    /**
     * Removes what a deployment has in AWS. Its history stays.
     *
     * @throws IllegalArgumentException if there is no deployment of that name
     */
    public RunReport destroy(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.DESTROY, name, () -> new Asked(null, null, null));
    }

    /**
     * Brings a deployment back to the request and users file of an earlier run, as {@link #provision} would. The request is held against
     * the guardrails of today.
     *
     * @param runId one of the deployment's good runs, or null for the last that was given something else than what is there now
     * @throws IllegalArgumentException if there is no such deployment, or no such run ({@code RollbackTarget})
     * @throws IOException also if what that run was given is not kept any more
     */
    public RunReport rollback(String name, @CheckForNull String runId)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.ROLLBACK, name, () -> earlier(name, runId));
    }

    /** What a run is given, found out with the deployment's lock in hand. */
    @FunctionalInterface
    private interface Asking {
        Asked find() throws IOException;
    }

    /** @param backTo the run that it comes from, or null */
    private record Asked(@CheckForNull ProvisionRequest request, @CheckForNull byte[] usersCsv, @CheckForNull String backTo) {}

    private Asked earlier(String name, @CheckForNull String runId) throws IOException {
        EarlierRequest earlier = EarlierRequest.find(store, name, runId);
        return new Asked(earlier.request(), earlier.usersCsv(), earlier.runId());
    }

    /**
     * Says how AWS differs from what was applied last, and changes nothing.
     *
     * @throws IllegalArgumentException if there is nothing of that name in AWS
     * @throws IOException if it cannot be found out
     */
    public DriftReport drift(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException, AwsException {
        return new DriftCheck(store, settings, credentials, listener::note, clock).of(name);
    }

    /**
     * Puts a deployment's end off.
     *
     * @return the deployment with its new end
     * @throws Expiry.NotExtended if that is not allowed, or there is no end
     */
    public Deployment extend(String name, Duration by) throws IOException, DeploymentLock.Held, Expiry.NotExtended {
        return new ExpiryExtension(store, settings.guardrails(), settings.who(), clock).of(name, by);
    }

    /**
     * Moves a deployment's state to another place.
     *
     * @param target null for the store alone
     * @return whether it was elsewhere before
     * @throws IllegalArgumentException if there is no deployment of that name, or nothing of it
     * @throws IOException if it stays where it is; its message says why
     */
    public boolean moveState(String name, @CheckForNull S3BackendSetting target)
            throws IOException, DeploymentLock.Held, InterruptedException, AwsException {
        return new StateMaintenance(store, settings, credentials, listener::note, clock).move(name, target);
    }

    /**
     * Gives the lock free that somebody dead has on a deployment's state in S3.
     *
     * @param lockId which one is meant
     * @throws IllegalArgumentException if there is no deployment of that name, or its state is not in S3
     * @throws IOException if there is no such lock
     */
    public void unlockState(String name, String lockId) throws IOException, DeploymentLock.Held, InterruptedException, AwsException {
        new StateMaintenance(store, settings, credentials, listener::note, clock).unlock(name, lockId);
    }

    /** Asks the run that is under way to stop in order; the call that made it returns when it has. */
    public synchronized void interrupt() {
        interrupted = true;
        if (driver != null) {
            driver.interrupt();
        }
    }

    private RunReport run(Purpose purpose, String name, Asking asking)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        TerraformBinary binary = TerraformBinary.find(settings.terraform(), settings.environment());
        String runId = Ids.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, holder(purpose, runId))) {
            new CrashRecovery(store, settings.grace(), listener::note).of(name);
            Asked asked = asking.find();
            RunStart start = RunStart.of(store, purpose, name, asked.request(), runId, settings.who(), clock.instant());
            ProvisionRequest request = start.request();
            if (request == null) {
                return start.needless(clock.instant());
            }
            String backTo = asked.backTo();
            if (backTo != null) {
                start = start.backTo(backTo);
            }
            start.store(store);
            Path workspace = store.workDirectory(name, runId);
            Path runDirectory = store.runDirectory(name, runId);
            LocalSite site = new LocalSite(
                    binary, settings.providers(), settings.environment(), new RunDirectories(workspace, runDirectory));
            AwsRunSession session = AwsRunSession.of(
                    request, credentials, settings, "ec2-docker-" + name + "-" + runId, runId, clock, listener::note);
            RunImageDigests pins = registry == null
                    ? RunImageDigests.of(store, settings, listener::note)
                    : RunImageDigests.by(registry, store, listener::note);
            RunSteps steps = new RunSteps(
                    new RunTools(store, settings, session, site, clock, listener::note, pins),
                    start.deployment(), StoredRequest.of(request), asked.usersCsv());
            ProvisioningRun ended = drive(start.run(), new LocalRunActions(store, steps, site, listener, clock));
            RunReport report = steps.conclude(ended);
            if (ended.isStateKept()) {
                site.remove();
            }
            if (purpose == Purpose.PLAN) {
                DirectoryTree.delete(runDirectory);
            }
            return report;
        }
    }

    private ProvisioningRun drive(ProvisioningRun run, RunActions actions) {
        RunDriver here = new RunDriver(actions, listener, clock);
        synchronized (this) {
            driver = here;
            if (interrupted) {
                here.interrupt();
            }
        }
        return here.drive(run);
    }

    private DeploymentLock.Holder holder(Purpose purpose, String runId) {
        return DeploymentLock.Holder.here(runId, purpose, settings.who(), clock.instant());
    }
}
