package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.CallerIdentity;
import io.jenkins.plugins.ec2docker.aws.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.HttpHealthCheck;
import io.jenkins.plugins.ec2docker.aws.HealthProbe;
import io.jenkins.plugins.ec2docker.aws.RoleSession;
import io.jenkins.plugins.ec2docker.request.OnFailure;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.TerraformNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
        String runId = Identities.run(clock.instant());
        try (DeploymentLock lock = store.lock(name, holder(purpose, runId))) {
            new Salvage(store, settings.grace(), listener::note).of(name);
            Deployment deployment = deployment(purpose, name, asked);
            if (purpose == Purpose.DESTROY && (deployment.isGone() || deployment.appliedRun() == null)) {
                return nothingToDestroy(deployment, runId);
            }
            ProvisionRequest request = asked != null ? asked : store.request(name, deployment.appliedRun());
            deployment = deployment.beginRun(new RunSummary(runId, purpose, settings.who(), clock.instant(), null, null, null));
            if (purpose != Purpose.PLAN) {
                store.save(deployment);
            }
            Path workspace = store.workDirectory(name, runId);
            Path runDirectory = store.runDirectory(name, runId);
            LocalSite site = new LocalSite(binary, settings.providers(), settings.environment(), workspace, runDirectory);
            RunSteps steps = new RunSteps(
                    store, settings, session(request, runId), verification(request), site, clock, deployment, request, usersCsv);
            Run ended = drive(
                    Run.begin(runId, purpose, onFailure(purpose, request), !deployment.good(), false),
                    new LocalRunActions(store, steps, site, listener));
            RunReport report = conclude(ended, steps);
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

    private RunReport conclude(Run run, RunSteps steps) throws IOException {
        Result result = ((Next.Finished) run.next()).result();
        Deployment before = steps.deployment();
        Instant now = clock.instant();
        boolean changedAws = run.actions().stream().anyMatch(record -> record.action().changesAws());
        Deployment.Status reached = before.status();
        Map<String, JsonNode> outputs = before.outputs();
        if (run.purpose() == Purpose.PROVISION && result.succeeded()) {
            reached = Deployment.Status.LIVE;
            outputs = steps.outputs();
        } else if (changedAws) {
            reached = result.leftovers() ? Deployment.Status.INCOMPLETE : Deployment.Status.EMPTY;
            outputs = result.leftovers() ? outputs : Map.of();
        }
        Deployment after = before.endRun(run.id(), result, reached, outputs, now);
        if (run.purpose() != Purpose.PLAN) {
            store.save(after);
        }
        return new RunReport(after, run, result, StageTime.of(run, now));
    }

    /** The deployment a run is about, which may be one that does not exist yet. */
    private Deployment deployment(Purpose purpose, String name, ProvisionRequest request) throws IOException {
        Optional<Deployment> known = store.find(name);
        if (purpose == Purpose.DESTROY) {
            return known.orElseThrow(() -> new IllegalArgumentException("There is no deployment \"" + name + "\"."));
        }
        Instant now = clock.instant();
        String id = Identities.deployment(name);
        if (known.isEmpty()) {
            return Deployment.begin(name, id, request.blueprint(), request.region(), settings.who(), now);
        }
        if (known.get().isGone()) {
            return known.get().beginAgain(id, request.blueprint(), request.region(), settings.who(), now);
        }
        requireSamePlace(known.get(), request);
        return known.get();
    }

    /** Terraform would see nothing of the deployment elsewhere, make a second one there and forget the first. */
    private static void requireSamePlace(Deployment deployment, ProvisionRequest request) throws IOException {
        if (!deployment.region().equals(request.region())) {
            throw new IOException("Deployment \"" + deployment.name() + "\" lives in region " + deployment.region()
                    + " and cannot move to " + request.region() + ": destroy it first, or give the request another name.");
        }
        if (!deployment.blueprint().equals(request.blueprint())) {
            throw new IOException("Deployment \"" + deployment.name() + "\" was made by blueprint " + deployment.blueprint()
                    + " and cannot change to " + request.blueprint() + ": destroy it first, or give the request another name.");
        }
    }

    private RunReport nothingToDestroy(Deployment deployment, String runId) {
        Run run = Run.begin(runId, Purpose.DESTROY, OnFailure.KEEP, true, false);
        Result result = new Result(
                Result.Status.SUCCEEDED, "Deployment \"" + deployment.name() + "\" has nothing in AWS; nothing was done.", false);
        return new RunReport(deployment, run, result, StageTime.of(run, clock.instant()));
    }

    private RunSession session(ProvisionRequest request, String runId) {
        AwsSettings aws = AwsSettings.of(request.region(), settings.environment());
        Map<String, String> tags = Map.of("ec2-docker:name", request.name(), "ec2-docker:run", runId);
        return new RunSession(
                credentials,
                new RoleSession(aws),
                new CallerIdentity(aws),
                request.role(),
                "ec2-docker-" + request.name() + "-" + runId,
                tags,
                clock,
                listener::note);
    }

    private Verification verification(ProvisionRequest request) {
        AwsSettings aws = AwsSettings.of(request.region(), settings.environment());
        return new Verification(new Ec2Instances(aws), new HealthProbe(new HttpHealthCheck(aws.proxy())), listener::note);
    }

    private static OnFailure onFailure(Purpose purpose, ProvisionRequest request) {
        return purpose == Purpose.PROVISION ? request.onFailure() : OnFailure.KEEP;
    }

    private DeploymentLock.Holder holder(Purpose purpose, String runId) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "this machine";
        }
        return new DeploymentLock.Holder(runId, purpose, settings.who(), host, ProcessHandle.current().pid(), clock.instant());
    }
}
