package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.InstanceView;
import io.jenkins.plugins.ec2docker.aws.Instances;
import io.jenkins.plugins.ec2docker.aws.RunCommand;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.SessionKeys;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.request.OnImageChange;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides whether a run redeploys the containers of the instance that serves. Decided once in a run and stored before it counts, so that
 * whoever takes the run up renders the same. Where it was asked for and is not possible, one sentence says why, and the ordinary update is
 * done.
 */
final class RedeployChoice {

    private final DeploymentStore store;
    private final Instances instances;
    private final RunCommand commands;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    RedeployChoice(DeploymentStore store, Instances instances, RunCommand commands, SessionKeys keys, Consumer<String> notes) {
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
    RedeployDecision of(Deployment deployment, ProvisionRequest wanted, byte[] usersCsv, String runId)
            throws IOException, BootstrapTooLargeException {
        if (Blueprint.of(wanted.blueprint()) != Blueprint.INSTANCE) {
            return RedeployDecision.ORDINARY;
        }
        Optional<RedeployDecision> stored = store.redeployDecision(deployment.name(), runId);
        if (stored.isPresent()) {
            return stored.get();
        }
        RedeployDecision decision = decide(deployment, wanted, usersCsv);
        store.saveRedeployDecision(deployment.name(), runId, decision);
        return decision;
    }

    private RedeployDecision decide(Deployment deployment, ProvisionRequest wanted, byte[] usersCsv)
            throws IOException, BootstrapTooLargeException {
        if (deployment.isGone() || !deployment.good() || deployment.boot() == null) {
            return RedeployDecision.ORDINARY;
        }
        String digest = Preparation.digest(wanted, usersCsv);
        boolean same = digest.equals(deployment.boot().digest());
        boolean unsure = deployment.redeploying() != null;
        boolean beside = deployment.beside() != null && digest.equals(deployment.beside().digest());
        if (beside || (same ? !unsure : wanted.onImageChange() != OnImageChange.REDEPLOY)) {
            return RedeployDecision.ORDINARY;
        }
        String instance = deployment.instanceId().orElse(null);
        Optional<String> obstacle = same ? Optional.empty() : obstacle(deployment, wanted, usersCsv);
        obstacle = obstacle.isPresent() ? obstacle : obstacle(instance);
        if (obstacle.isEmpty()) {
            return RedeployDecision.inPlace(instance);
        }
        notes.accept("The containers cannot be redeployed on the instance that serves, so that another one takes over: " + obstacle.get()
                + ".");
        return same ? RedeployDecision.ANEW : RedeployDecision.ORDINARY;
    }

    private Optional<String> obstacle(Deployment deployment, ProvisionRequest wanted, byte[] usersCsv)
            throws IOException, BootstrapTooLargeException {
        String applied = deployment.appliedRun();
        ProvisionRequest present = store.rendered(deployment.name(), applied);
        Optional<String> other = ImagesOnly.obstacle(present, store.users(deployment.name(), applied), wanted, usersCsv);
        if (other.isPresent()) {
            return other;
        }
        boolean sameBoot = Preparation.digest(ImagesOnly.withImagesOf(present, wanted), usersCsv).equals(deployment.boot().digest());
        return sameBoot ? Optional.empty() : Optional.of("its boot script is of another version");
    }

    private Optional<String> obstacle(String instance) {
        if (instance == null) {
            return Optional.of("the deployment's record names no instance");
        }
        try {
            SessionCredentials session = keys.get();
            String state = instances.describe(session, instance).map(InstanceView::state).orElse("gone");
            if (!state.equals("running")) {
                return Optional.of("instance " + instance + " is " + state);
            }
            String ping = commands.ping(session, instance).orElse(null);
            return ping == null
                    ? Optional.of("instance " + instance + " is not managed by AWS Systems Manager")
                    : ping.equals("Online") ? Optional.empty() : Optional.of(
                            "AWS Systems Manager says of instance " + instance + ": " + ping);
        } catch (AwsRefusal e) {
            return Optional.of(e.getMessage().replaceFirst("\\.$", ""));
        }
    }
}
