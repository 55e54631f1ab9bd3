package io.jenkins.plugins.ec2docker.run.redeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.clients.RunCommand;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.UpdateDecision;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides whether a run redeploys the containers of the instance that serves. Decided once in a run and stored before it counts, so that
 * whoever takes the run up renders the same. Where it was asked for and is not possible, one sentence says why, and the ordinary update is
 * done.
 */
public final class RedeployPlanner {

    private final DeploymentStore store;
    private final Instances instances;
    private final RunCommand commands;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    public RedeployPlanner(DeploymentStore store, Instances instances, RunCommand commands, SessionKeys keys, Consumer<String> notes) {
        this.store = store;
        this.instances = instances;
        this.commands = commands;
        this.keys = keys;
        this.notes = notes;
    }

    /**
     * @param wanted with its pins
     * @param usersCsv the users file, or null for none
     */
    public UpdateDecision of(Deployment deployment, ProvisionRequest wanted, @CheckForNull byte[] usersCsv, String runId)
            throws IOException, BootstrapTooLargeException {
        if (Blueprint.of(wanted.blueprint()) != Blueprint.INSTANCE) {
            return UpdateDecision.ORDINARY;
        }
        Optional<UpdateDecision> stored = store.redeployDecision(deployment.name(), runId);
        if (stored.isPresent()) {
            return stored.get();
        }
        UpdateDecision decision = decide(deployment, wanted, usersCsv);
        store.saveRedeployDecision(deployment.name(), runId, decision);
        return decision;
    }

    private UpdateDecision decide(Deployment deployment, ProvisionRequest wanted, @CheckForNull byte[] usersCsv)
            throws IOException, BootstrapTooLargeException {
        Generation serving = deployment.boot();
        if (deployment.isGone() || !deployment.good() || serving == null) {
            return UpdateDecision.ORDINARY;
        }
        String digest = RenderedWorkspace.digest(wanted, usersCsv);
        boolean same = digest.equals(serving.digest());
        boolean unsure = deployment.redeploying() != null;
        Generation other = deployment.beside();
        boolean beside = other != null && digest.equals(other.digest());
        if (beside || (same ? !unsure : wanted.onImageChange() != OnImageChange.REDEPLOY)) {
            return UpdateDecision.ORDINARY;
        }
        String instance = deployment.instanceId().orElse(null);
        Optional<String> obstacle = same ? Optional.empty() : obstacle(deployment, wanted, usersCsv);
        obstacle = obstacle.isPresent() ? obstacle : obstacle(instance);
        if (obstacle.isEmpty() && instance != null) {
            return UpdateDecision.inPlace(instance);
        }
        notes.accept("The containers cannot be redeployed on the instance that serves, so that another one takes over: " + obstacle.get()
                + ".");
        return same ? UpdateDecision.ANEW : UpdateDecision.ORDINARY;
    }

    private Optional<String> obstacle(Deployment deployment, ProvisionRequest wanted, @CheckForNull byte[] usersCsv)
            throws IOException, BootstrapTooLargeException {
        String applied = deployment.lastApplied();
        ProvisionRequest present = store.rendered(deployment.name(), applied);
        Optional<String> other = ImageOnlyChange.obstacle(present, store.users(deployment.name(), applied), wanted, usersCsv);
        if (other.isPresent()) {
            return other;
        }
        boolean sameBoot =
                RenderedWorkspace.digest(ImageOnlyChange.withImagesOf(present, wanted), usersCsv).equals(deployment.serving().digest());
        return sameBoot ? Optional.empty() : Optional.of("its boot script is of another version");
    }

    private Optional<String> obstacle(@CheckForNull String instance) {
        if (instance == null) {
            return Optional.of("the deployment's record names no instance");
        }
        try {
            SessionCredentials session = keys.get();
            String state = instances.describe(session, instance).map(InstanceDescription::state).orElse("gone");
            if (!state.equals("running")) {
                return Optional.of("instance " + instance + " is " + state);
            }
            String ping = commands.ping(session, instance).orElse(null);
            return ping == null
                    ? Optional.of("instance " + instance + " is not managed by AWS Systems Manager")
                    : ping.equals("Online") ? Optional.empty() : Optional.of(
                            "AWS Systems Manager says of instance " + instance + ": " + ping);
        } catch (AwsException e) {
            return Optional.of(e.getMessage().replaceFirst("\\.$", ""));
        }
    }
}
