package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.Identity;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.policy.PlanReview;
import io.jenkins.plugins.ec2docker.policy.PlannedResource;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.Violation;
import io.jenkins.plugins.ec2docker.terraform.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.Outputs;
import io.jenkins.plugins.ec2docker.terraform.Plan;
import io.jenkins.plugins.ec2docker.terraform.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.StateFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What each action of a run consists of, wherever Terraform works and however a shell waits for it.
 *
 * <p>The order of writing is what keeps resources from being lost: before Terraform may change anything, the store knows that it is going
 * to and by which configuration; after it, whatever its end, the state is kept before anybody hears of the end. Every step may be done
 * again by another process that takes the run up.
 */
public final class RunSteps {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final RunSession session;
    private final Verification verification;
    private final TerraformSite site;
    private final Clock clock;
    private final ProvisionRequest request;
    private final byte[] usersCsv;
    private final RunPins pins;

    private volatile Deployment deployment;
    private Preparation preparation;
    private Map<String, JsonNode> outputs = Map.of();

    /**
     * @param deployment as it is before the run; has been stored unless the run is only to plan
     * @param request what is asked for; for a destruction what was applied last
     * @param usersCsv the users file, or null for none
     * @param notes is told sentences for people
     */
    public RunSteps(
            DeploymentStore store,
            RunSettings settings,
            RunSession session,
            TerraformSite site,
            Clock clock,
            Deployment deployment,
            ProvisionRequest request,
            byte[] usersCsv,
            Consumer<String> notes) {
        this.store = store;
        this.settings = settings;
        this.session = session;
        this.verification = Verification.in(request.region(), settings.environment(), clock, notes);
        this.site = site;
        this.clock = clock;
        this.deployment = deployment;
        this.request = request;
        this.usersCsv = usersCsv;
        this.pins = RunPins.of(store, settings, notes);
    }

    /** As it is known now. */
    public synchronized Deployment deployment() {
        return deployment;
    }

    /** What the blueprint told at the end; empty unless the verification got so far. */
    public synchronized Map<String, JsonNode> outputs() {
        return outputs;
    }

    /** {@link Action#PREPARE}. */
    public Outcome prepare(Run run) throws IOException, InterruptedException {
        WorkspaceFiles files;
        if (run.purpose() == Purpose.DESTROY) {
            files = store.inputs(deployment.name(), deployment.appliedRun());
        } else {
            // Registries may take their time, during which the run is to be heard: so not yet under the lock, but stored for it.
            pins.pinned(deployment, request, run.id());
            try {
                files = preparation(run).files();
            } catch (BootstrapTooLargeException e) {
                return Outcome.failed(e.getMessage());
            }
        }
        site.lay(files, latestState());
        return Outcome.done();
    }

    /** {@link Action#ASSUME_ROLE}. */
    public Outcome openSession(Run run) throws AwsRefusal, IOException {
        Identity identity = session.identity();
        synchronized (this) {
            if (!deployment.isGone() && deployment.account() != null && !deployment.account().equals(identity.account())) {
                return Outcome.failed("Deployment \"" + deployment.name() + "\" lives in account " + deployment.account()
                        + ", but these credentials are of account " + identity.account()
                        + ": use credentials or a role of that account, or another name.");
            }
            deployment = deployment.inAccount(identity.account());
            if (run.purpose() != Purpose.PLAN) {
                store.save(deployment);
            }
        }
        return Outcome.done("Working as " + identity.arn() + ".");
    }

    /** Starts an action that runs Terraform; does nothing if it has been started before. */
    public void launch(Action action, Run run) throws Exception {
        if (action == Action.APPLY) {
            rememberWhatIsApplied(run);
        }
        boolean talksToAws = action == Action.PLAN || action.changesAws();
        site.launch(action, talksToAws ? session.keys().toEnvironment() : Map.of());
    }

    /**
     * What the end of an action that ran Terraform means. For one that changes AWS the state is kept here, whatever the end was.
     *
     * @param errors has seen all that Terraform told
     */
    public Outcome concluded(Action action, Run run, ProcessStatus status, FirstError errors) throws Exception {
        Outcome outcome = errors.outcome(
                action.name().toLowerCase(java.util.Locale.ROOT), status, site.isInterrupted(action), site.complaint(action));
        if (action.changesAws()) {
            return outcome.withStateEmpty(keepState(run).map(RunSteps::isEmpty).orElse(true));
        }
        return action == Action.REVIEW && outcome.ok() ? review() : outcome;
    }

    /**
     * To be called while an apply runs, where the workspace is on another machine than the store: keeps the state as Terraform wrote it
     * last, or leaves it for the next time if Terraform is just writing it.
     */
    public void mirrorState(Run run) throws IOException, InterruptedException {
        Optional<byte[]> state = site.state();
        if (state.isPresent() && StateFile.read(new ByteArrayInputStream(state.get())) instanceof StateFile.Reading.State) {
            store.states(deployment.name()).add(run.id(), state.get());
        }
    }

    /**
     * Keeps the state as Terraform wrote it last, as a version of its own unless it is the latest already.
     *
     * @return what was kept; empty where there is no state, which is so until Terraform has created something
     */
    private Optional<byte[]> keepState(Run run) throws IOException, InterruptedException {
        Optional<byte[]> state = site.state();
        if (state.isPresent()) {
            store.states(deployment.name()).add(run.id(), state.get());
        }
        return state;
    }

    /**
     * {@link Action#VERIFY}: one look, which takes some seconds at most.
     *
     * @return empty if what was applied does not serve yet and may still come to: look again after {@link #verifyPause}
     */
    public Optional<Outcome> verify(Run run) throws Exception {
        return verification.isWatching() ? verification.look() : beginToVerify(run);
    }

    public Duration verifyPause() {
        return verification.pause();
    }

    private Optional<Outcome> beginToVerify(Run run) throws Exception {
        if (run.record(Action.APPLY).isEmpty()) {
            // Nothing had to be applied, but this is the request that counts from now on.
            rememberWhatIsApplied(run);
        }
        byte[] state = keepState(run).orElseThrow(() -> new IOException("Terraform succeeded but left no state."));
        Outputs told = Outputs.ofState(new ByteArrayInputStream(state));
        synchronized (this) {
            outputs = new LinkedHashMap<>();
            told.values().forEach((name, output) -> outputs.put(name, output.value()));
        }
        return verification.begin(told, request, deployment, run.id(), session::keys);
    }

    /** Remembers what the deployment has become when the run is over. */
    public synchronized RunReport conclude(Run run) throws IOException {
        Result result = ((Next.Finished) run.next()).result();
        Instant now = clock.instant();
        boolean changedAws = run.actions().stream().anyMatch(record -> record.action().changesAws());
        Deployment.Status reached = deployment.status();
        Map<String, JsonNode> told = deployment.outputs();
        if (run.purpose() == Purpose.PROVISION && result.succeeded()) {
            reached = Deployment.Status.LIVE;
            told = outputs;
        } else if (changedAws) {
            reached = result.leftovers() ? Deployment.Status.INCOMPLETE : Deployment.Status.EMPTY;
            told = result.leftovers() ? told : Map.of();
        }
        deployment = deployment.endRun(run.id(), result, reached, told, now);
        if (run.purpose() != Purpose.PLAN) {
            store.save(deployment);
        }
        return new RunReport(deployment, run, result, StageTime.of(run, now));
    }

    private Outcome review() throws IOException, InterruptedException {
        Plan plan = site.plan();
        List<Violation> refusals = PlanReview.review(settings.guardrails(), resources(plan));
        return refusals.isEmpty() ? Outcome.reviewed(plan.summary(), !plan.applyable()) : Outcome.refused(refusals);
    }

    private static List<PlannedResource> resources(Plan plan) {
        return plan.resources().stream()
                .map(resource -> new PlannedResource(resource.address(), resource.type(),
                        resource.action() == ChangeAction.CREATE || resource.action() == ChangeAction.REPLACE, resource.after()))
                .toList();
    }

    /** A state that cannot be read may know resources. */
    private static boolean isEmpty(byte[] state) {
        try {
            StateFile.Reading reading = StateFile.read(new ByteArrayInputStream(state));
            return reading instanceof StateFile.Reading.Nothing
                    || reading instanceof StateFile.Reading.State known && known.version().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private void rememberWhatIsApplied(Run run) throws IOException, BootstrapTooLargeException {
        Preparation applied = preparation(run);
        store.saveInputs(deployment.name(), run.id(), request, applied.files());
        Instant now = clock.instant();
        Instant expiry = request.expiresAfter() == null ? null : now.plus(request.expiresAfter());
        synchronized (this) {
            deployment = deployment.applying(run.id(), applied.boot(), expiry, now);
            store.save(deployment);
        }
    }

    /** Rendered once for a run; the same again for whoever takes the run up, because rendering is pure. */
    private synchronized Preparation preparation(Run run) throws BootstrapTooLargeException, IOException {
        if (preparation == null) {
            Deployment.Boot earlier = deployment.isGone() ? null : deployment.boot();
            ProvisionRequest pinned = pins.pinned(deployment, request, run.id());
            preparation = Preparation.of(
                    pinned, usersCsv, deployment.id(), earlier, this::launchedUserData, run.id(), settings.maxRetries());
        }
        return preparation;
    }

    private byte[] launchedUserData() throws IOException {
        return store.inputs(deployment.name(), deployment.appliedRun()).contents().get(WorkspaceFiles.USER_DATA);
    }

    /** A deployment of which nothing is left begins with no state: the old one is of other resources. */
    private byte[] latestState() throws IOException {
        StateVersions versions = store.states(deployment.name());
        Optional<StateVersions.Version> latest = deployment.isGone() ? Optional.empty() : versions.latest();
        return latest.isPresent() ? versions.read(latest.get()) : null;
    }
}
