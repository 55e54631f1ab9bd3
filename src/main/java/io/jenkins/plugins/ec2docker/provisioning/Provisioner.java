package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.TerraformNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The engine's front door on one machine: makes, plans and destroys deployments of a store, one run at a call, waiting for it.
 *
 * <p>An instance serves one call at a time; {@link #interrupt()} may come from anywhere.
 */
public final class Provisioner {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final CredentialsSource credentials;
    private final RunListener listener;
    private final Clock clock;

    private RunDriver driver;
    private boolean interrupted;

    public Provisioner(
            DeploymentStore store, RunSettings settings, CredentialsSource credentials, RunListener listener, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.credentials = credentials;
        this.listener = listener;
        this.clock = clock;
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
    public RunReport provision(ProvisionRequest request, byte[] usersCsv)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.PROVISION, request.name(), request, usersCsv);
    }

    /** Says what {@link #provision} would do. What it finds out is not kept. */
    public RunReport plan(ProvisionRequest request, byte[] usersCsv)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.PLAN, request.name(), request, usersCsv);
    }

    /**
     * Removes what a deployment has in AWS. Its history stays.
     *
     * @throws IllegalArgumentException if there is no deployment of that name
     */
    public RunReport destroy(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        return run(Purpose.DESTROY, name, null, null);
    }

    /**
     * Says how AWS differs from what was applied last, and changes nothing.
     *
     * @throws IllegalArgumentException if there is nothing of that name in AWS
     * @throws IOException if it cannot be found out
     */
    public DriftReport drift(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException, AwsRefusal {
        return new DriftCheck(store, settings, credentials, listener, clock).of(name);
    }

    /**
     * Puts a deployment's end off.
     *
     * @return the deployment with its new end
     * @throws Expiry.NotExtended if that is not allowed, or there is no end
     */
    public Deployment extend(String name, Duration by) throws IOException, DeploymentLock.Held, Expiry.NotExtended {
        String runId = RunStart.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, holder(Purpose.PROVISION, runId))) {
            Deployment known = store.find(name)
                    .orElseThrow(() -> new IllegalArgumentException("There is no deployment \"" + name + "\"."));
            Instant now = clock.instant();
            Deployment extended = known.until(Expiry.extended(known, by, now, settings.guardrails()), now);
            store.save(extended);
            return extended;
        }
    }

    /** Asks the run that is under way to stop in order; the call that made it returns when it has. */
    public synchronized void interrupt() {
        interrupted = true;
        if (driver != null) {
            driver.interrupt();
        }
    }

    private RunReport run(Purpose purpose, String name, ProvisionRequest asked, byte[] usersCsv)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException {
        TerraformBinary binary = TerraformBinary.find(settings.terraform(), settings.environment());
        String runId = RunStart.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, holder(purpose, runId))) {
            new Salvage(store, settings.grace(), listener::note).of(name);
            RunStart start = RunStart.of(store, purpose, name, asked, runId, settings.who(), clock.instant());
            if (start.isNeedless()) {
                return start.needless(clock.instant());
            }
            start.store(store);
            Path workspace = store.workDirectory(name, runId);
            Path runDirectory = store.runDirectory(name, runId);
            LocalSite site = new LocalSite(
                    binary, settings.providers(), settings.environment(), new TerraformDirectories(workspace, runDirectory));
            RunSession session = RunSession.of(
                    start.request(), credentials, settings, "ec2-docker-" + name + "-" + runId, runId, clock, listener::note);
            RunSteps steps = new RunSteps(
                    store, settings, session, site, clock, start.deployment(), start.request(), usersCsv, listener::note);
            Run ended = drive(start.run(), new LocalRunActions(store, steps, site, listener));
            RunReport report = steps.conclude(ended);
            site.remove();
            if (purpose == Purpose.PLAN) {
                Directories.delete(runDirectory);
            }
            return report;
        }
    }

    private Run drive(Run run, RunActions actions) {
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
