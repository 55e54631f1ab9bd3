package io.jenkins.plugins.ec2docker.run;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.clients.RunCommand;
import io.jenkins.plugins.ec2docker.aws.clients.SsmRunCommand;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.aws.session.CallerIdentity;
import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.blueprint.instance.GenerationOutputs;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.cleanup.UnsavedResources;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.NextStep;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.model.UpdateDecision;
import io.jenkins.plugins.ec2docker.run.redeploy.InPlaceRedeploy;
import io.jenkins.plugins.ec2docker.run.redeploy.RedeployPlanner;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.site.TerraformErrors;
import io.jenkins.plugins.ec2docker.run.site.TerraformSite;
import io.jenkins.plugins.ec2docker.run.state.StateBackend;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.Plan;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import io.jenkins.plugins.ec2docker.terraform.documents.TerraformOutputs;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessFiles;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final AwsRunSession session;
    private final Verification verification;
    private final InstanceStarter waking;
    private final UnsavedResources before;
    private final UnsavedResources after;
    private final TerraformSite site;
    private final Clock clock;
    private final StoredRequest stored;
    private final Consumer<String> notes;
    private final ProvisionRequest request;
    private final RunImageDigests pins;
    private final StateBackend state;
    private final RunInputs inputs;
    private final RedeployPlanner choice;
    private final InPlaceRedeploy inPlace;
    private final PlanGate review;
    @CheckForNull
    private final byte[] usersCsv;

    private volatile Deployment deployment;

    /**
     * @param deployment as it is before the run; has been stored unless the run is only to plan
     * @param stored what is asked for; for a destruction what was applied last
     * @param usersCsv the users file, or null for none
     */
    public RunSteps(RunTools tools, Deployment deployment, StoredRequest stored, @CheckForNull byte[] usersCsv) {
        ProvisionRequest request = stored.request();
        this.store = tools.store();
        this.settings = tools.settings();
        this.session = tools.session();
        this.site = tools.site();
        this.clock = tools.clock();
        this.notes = tools.notes();
        this.pins = tools.pins();
        this.verification = Verification.in(request.region(), settings.environment(), clock, notes);
        this.waking = new InstanceStarter(request.region(), settings.environment(), clock);
        this.before = UnsavedResources.in(store, request, settings.environment(), clock, notes);
        this.after = UnsavedResources.in(store, request, settings.environment(), clock, notes);
        this.deployment = deployment;
        this.stored = stored;
        this.request = request;
        this.state = new StateBackend(store, settings, session::keys, notes);
        this.inputs = new RunInputs(store, pins, request, usersCsv, settings.forBlueprint());
        RunCommand commands = new SsmRunCommand(request.region(), settings.environment());
        Ec2Instances instances = new Ec2Instances(AwsSettings.of(request.region(), settings.environment()));
        this.choice = new RedeployPlanner(store, instances, commands, session::keys, notes);
        this.inPlace = new InPlaceRedeploy(store, commands, clock, session::keys, notes);
        this.review =
                new PlanGate(settings.guardrails(), request, new PriceList(request.region(), settings.environment()), session::keys, notes);
        this.usersCsv = usersCsv;
    }

    /** As it is known now. */
    public synchronized Deployment deployment() {
        return deployment;
    }

    /** {@link Action#PREPARE}. */
    public Outcome prepare(ProvisioningRun run) throws AwsException, IOException, InterruptedException {
        if (run.purpose() == Purpose.DESTROY) {
            lay(run, store.inputs(deployment.name(), deployment.lastApplied()));
            return Outcome.done();
        }
        // A request of long ago may be one that is not allowed any more; every other one was looked at before the run began.
        List<Violation> refusals = run.purpose() == Purpose.ROLLBACK ? settings.guardrails().check(request) : List.of();
        if (!refusals.isEmpty()) {
            return Outcome.refused(refusals);
        }
        // Registries may take their time, during which the run is to be heard: so not yet under the lock, but stored for it.
        ProvisionRequest pinned = pins.pinned(deployment, request, run.id());
        try {
            UpdateDecision decision = choice.of(deployment, pinned, usersCsv, run.id());
            lay(run, inputs.workspace(deployment, run));
            return decision.isInPlace()
                    ? Outcome.preparedInPlace()
                    : Outcome.prepared(run.purpose().provisions() && inputs.isHandover(deployment, run.id()));
        } catch (BootstrapTooLargeException e) {
            return Outcome.failed(e.getMessage());
        }
    }

    private void lay(ProvisioningRun run, WorkspaceFiles files) throws AwsException, IOException, InterruptedException {
        byte[] beside = state.open(deployment, run.purpose());
        site.lay(state.with(deployment, files), beside);
    }

    /**
     * {@link Action#ASSUME_ROLE}, {@link Action#REDEPLOY}, {@link Action#VERIFY}, {@link Action#RECLAIM} and {@link Action#RESTORE}: one
     * look, which takes some seconds at most, or as long as AWS takes to remove what should not be there.
     *
     * @return empty if there is more to see: look again after {@link #pause}
     */
    public Optional<Outcome> look(Action action, ProvisioningRun run) throws Exception {
        return switch (action) {
            case ASSUME_ROLE -> openSession(run);
            case REDEPLOY -> {
                if (!inPlace.isRedeploying()) {
                    rememberWhatIsApplied(action, run);
                }
                yield inPlace.redeploy(deployment(), run.id(), chosenInstance(run), inputs.rendered(deployment(), run.id()));
            }
            case RESTORE -> inPlace.restore(deployment(), run.id(), chosenInstance(run));
            case VERIFY -> verification.isWatching() ? verification.look() : beginToVerify(run);
            case RECLAIM -> {
                if (!run.isStateKept()) {
                    yield Optional.of(Outcome.failed(
                            "What Terraform created but could not save is not looked for, because its last state could not be kept."));
                }
                state.refresh(deployment());
                yield after.look(deployment(), session.keys());
            }
            default -> throw new IllegalArgumentException(action + " is no matter of looking");
        };
    }

    public Duration pause(Action action) {
        return switch (action) {
            case VERIFY -> verification.pause();
            case REDEPLOY, RESTORE -> inPlace.pause(action);
            default -> after.pause();
        };
    }

    private String chosenInstance(ProvisioningRun run) throws IOException {
        return Objects.requireNonNull(inputs.decision(deployment(), run.id()).instance(), "no instance chosen");
    }

    /** How an action ends that is waited for when somebody asks the run to stop. */
    public static Outcome interrupted(Action action) {
        return Outcome.failed(action == Action.REDEPLOY ? "Interrupted while it was redeployed." : "Interrupted while it was verified.");
    }

    /** Before anything is planned, what an earlier run may have left has to be gone: its names would be in the way, and nobody would know it. */
    private Optional<Outcome> openSession(ProvisioningRun run) throws AwsException, IOException, InterruptedException {
        Outcome opened = openedSession(run);
        boolean wakes = opened.ok() && run.purpose().provisions() && run.interrupted() == null;
        if (wakes && !waking.look(deployment(), session.keys())) {
            return Optional.empty();
        }
        if (!opened.ok() || run.purpose() == Purpose.PLAN || !deployment().isUnsettledBefore(run.id())) {
            return Optional.of(opened);
        }
        state.refresh(deployment());
        Optional<Outcome> reclaimed = before.look(deployment(), session.keys());
        if (reclaimed.isEmpty() || !reclaimed.get().ok()) {
            return reclaimed;
        }
        synchronized (this) {
            deployment = deployment.settledBefore(run.id());
            store.save(deployment);
        }
        return Optional.of(opened);
    }

    private Outcome openedSession(ProvisioningRun run) throws AwsException, IOException {
        CallerIdentity identity = session.identity();
        synchronized (this) {
            String account = deployment.account();
            if (!deployment.isGone() && account != null && !account.equals(identity.account())) {
                return Outcome.failed("Deployment \"" + deployment.name() + "\" lives in account " + account
                        + ", but these credentials are of account " + identity.account()
                        + ": use credentials or a role of that account, or another name.");
            }
            deployment = deployment.inAccount(identity.account());
            if (run.purpose() != Purpose.PLAN) {
                store.save(deployment);
            }
        }
        return Outcome.done("Working as " + identity.arn() + "." + waking.told());
    }

    /** For one command of Terraform: finds why it failed, in the terms of this run's request. */
    public TerraformErrors errors() {
        return new TerraformErrors(InstanceRequestFields.of(request));
    }

    /** Starts an action that runs Terraform; does nothing if it has been started before. */
    public void launch(Action action, ProvisioningRun run) throws Exception {
        if (action == Action.APPLY || action == Action.CUTOVER) {
            rememberWhatIsApplied(action, run);
        }
        boolean talksToAws = action == Action.PLAN || action.changesAws() || action == Action.INIT && state.isInS3(deployment);
        site.launch(action, talksToAws ? session.keys().toEnvironment() : Map.of());
    }

    /**
     * What the end of an action that ran Terraform means. For one that changes AWS the state is kept here, whatever the end was.
     *
     * @param errors has seen all that Terraform told
     */
    public Outcome concluded(Action action, ProvisioningRun run, ProcessStatus status, TerraformErrors errors) throws Exception {
        boolean interrupted = site.isInterrupted(action);
        String complaint = site.complaint(action);
        if (action == Action.VALIDATE && !status.succeeded() && !interrupted) {
            reportDiagnostics(errors);
        }
        Outcome outcome = errors.outcome(RunDirectories.command(action).name(), status, interrupted, complaint);
        markOver(action, run);
        if (action.changesAws()) {
            Outcome kept = outcome.withStateEmpty(keepState(run));
            if (action == Action.DESTROY && outcome.ok()) {
                verification.clearAway(request, deployment(), session::keys);
            }
            return kept;
        }
        return action == Action.REVIEW && outcome.ok() ? review(run) : outcome;
    }

    /** A validation prints no events: what it found is in one document, of which the site's watcher has seen nothing. */
    private void reportDiagnostics(TerraformErrors errors) throws IOException, InterruptedException {
        for (Event.Diagnostic diagnostic : site.validation().diagnostics()) {
            errors.accept(diagnostic);
            errors.text(diagnostic).ifPresent(notes);
        }
    }

    /** What it has locked, if it was killed, may be given free from now on. */
    private void markOver(Action action, ProvisioningRun run) throws IOException {
        if (RunDirectories.printsEvents(action) && state.isInS3(deployment)) {
            Path processes = store.runDirectory(deployment.name(), run.id());
            AtomicFile.write(new ProcessFiles(processes.resolve(RunDirectories.directory(action))).over(), new byte[0]);
        }
    }

    /**
     * To be called while an apply runs, where the workspace is on another machine than the store: keeps the state as Terraform wrote it
     * last, or leaves it for the next time if Terraform is just writing it.
     */
    public void mirrorState(ProvisioningRun run) throws IOException, InterruptedException {
        Optional<byte[]> state = site.state();
        if (state.isPresent() && StateReader.isWhole(state.get())) {
            store.states(deployment.name()).add(run.id(), state.get());
        }
    }

    /**
     * Keeps the state as Terraform wrote it last, as a version of its own unless it is the latest already. Terraform writes over its file, so
     * that a full disk or a kill can leave it empty or cut off; then what it was given stays what is known.
     *
     * @return whether nothing is known to be in AWS, and there can be nothing that a lost state knew
     */
    private boolean keepState(ProvisioningRun run) throws AwsException, IOException, InterruptedException {
        Optional<byte[]> left = site.state();
        boolean cutOff = left.isPresent() && !StateReader.isWhole(left.get());
        state.keep(deployment, run.id(), cutOff ? Optional.empty() : left);
        byte[] known = store.latestState(deployment);
        return !cutOff && (known == null || isEmpty(known));
    }

    private Optional<Outcome> beginToVerify(ProvisioningRun run) throws Exception {
        if (run.record(Action.APPLY).isEmpty() && !run.isInPlace()) {
            // Nothing had to be applied, but this is the request that counts from now on.
            rememberWhatIsApplied(Action.APPLY, run);
        }
        keepState(run);
        byte[] state = store.latestState(deployment);
        if (state == null) {
            throw new IOException("Terraform succeeded but left no state.");
        }
        String generation = inputs.of(deployment, run.id()).boot().runId();
        TerraformOutputs all = TerraformOutputs.ofState(new ByteArrayInputStream(state));
        TerraformOutputs told = Blueprint.of(request.blueprint()) == Blueprint.INSTANCE ? GenerationOutputs.of(all, generation) : all;
        return verification.begin(told, request, deployment, generation, run.id(), session::keys);
    }

    /** Remembers what the deployment has become when the run is over. */
    public synchronized RunReport conclude(ProvisioningRun run) throws IOException {
        RunResult result = ((NextStep.Finished) run.next()).result();
        Instant now = clock.instant();
        boolean changedAws = run.actions().stream().anyMatch(record -> record.action().changesAws());
        Deployment.Status reached = deployment.status();
        Map<String, JsonNode> told = deployment.outputs();
        if (run.purpose().provisions() && result.succeeded()) {
            deployment = run.isInPlace() ? deployment.redeployed(run.id(), boot(run), expiry(now), now) : deployment;
            reached = Deployment.Status.LIVE;
            byte[] latest = Objects.requireNonNull(store.latestState(deployment), "state");
            told = GenerationOutputs.ofServing(TerraformOutputs.ofState(new ByteArrayInputStream(latest)));
        } else if (isDone(run, Action.RETREAT) || isDone(run, Action.RESTORE)) {
            deployment = isDone(run, Action.RESTORE) ? deployment.restored(now) : deployment;
            // What serves is as it was: as good as the run that brought it there left it.
            boolean wasGood = deployment.redeploying() == null
                    && deployment.run(deployment.appliedRun()).filter(RunSummary::isGood).isPresent();
            reached = wasGood ? Deployment.Status.LIVE : Deployment.Status.INCOMPLETE;
        } else if (changedAws) {
            reached = result.leftovers() ? Deployment.Status.INCOMPLETE : Deployment.Status.EMPTY;
            told = result.leftovers() ? told : Map.of();
        }
        deployment = deployment.endRun(run.id(), result, run.isUnsettled(), reached, told, now);
        if (run.purpose() != Purpose.PLAN) {
            store.save(deployment);
        }
        return new RunReport(deployment, run, result, StageTime.of(run, now));
    }

    private Outcome review(ProvisioningRun run) throws AwsException, IOException, InterruptedException {
        Plan plan = site.plan();
        if (run.isInPlace() && ReviewedPlan.makesInstance(plan, deployment.serving().runId())) {
            return Outcome.failed("Instance " + chosenInstance(run)
                    + " was to be redeployed, but has to be made again: provision again.");
        }
        return review.of(plan, run, deployment);
    }

    /** A state that cannot be read may know resources. */
    private static boolean isEmpty(byte[] state) {
        try {
            StateReader.Reading reading = StateReader.read(new ByteArrayInputStream(state));
            return reading instanceof StateReader.Reading.Nothing
                    || reading instanceof StateReader.Reading.State known && known.version().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Before a handover's cut-over it is only one more generation that may be in AWS; what serves, and until when, stays as it was. */
    private void rememberWhatIsApplied(Action action, ProvisioningRun run) throws IOException, BootstrapTooLargeException {
        RenderedWorkspace applied = inputs.of(deployment, run.id());
        String content = store.saveInputs(deployment.name(), run.id(), stored, applied.files());
        Instant now = clock.instant();
        synchronized (this) {
            Deployment given = deployment.changedRun(run.id(), summary -> summary.given(content));
            if (run.isInPlace()) {
                // Which images serve, and until when, is for the verification to tell.
                deployment = given.redeploying(run.id(), now);
            } else {
                deployment = run.isHandover() && action == Action.APPLY
                        ? given.trying(applied.boot(), now)
                        : given.applying(run.id(), applied.boot(), expiry(now), now);
            }
            store.save(deployment);
        }
    }

    @CheckForNull
    private Instant expiry(Instant now) {
        NewExpiry expiry = NewExpiry.of(deployment, request.expiresAfter(), now);
        expiry.told().ifPresent(notes);
        return expiry.end();
    }

    private Generation boot(ProvisioningRun run) throws IOException {
        try {
            return inputs.of(deployment, run.id()).boot();
        } catch (BootstrapTooLargeException e) {
            throw new IOException(e);
        }
    }

    private static boolean isDone(ProvisioningRun run, Action action) {
        return run.record(action).filter(ActionRecord::isDone).isPresent();
    }
}
