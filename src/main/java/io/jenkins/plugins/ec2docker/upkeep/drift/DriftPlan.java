package io.jenkins.plugins.ec2docker.upkeep.drift;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.site.TerraformSite;
import io.jenkins.plugins.ec2docker.run.state.StateBackend;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The plan that tells drift: with the inputs of the run that was applied last and the latest state, on any site. Whoever asks for it holds the
 * deployment's lock, and throws the workspace away. Changes neither AWS nor the store.
 */
public final class DriftPlan {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final TerraformSite site;
    private final Commands commands;

    public DriftPlan(DeploymentStore store, RunSettings settings, TerraformSite site, Commands commands) {
        this.store = store;
        this.settings = settings;
        this.site = site;
        this.commands = commands;
    }

    /** How the site's commands are waited for. */
    public interface Commands {

        /**
         * Carries a command out to its end.
         *
         * @param session keys for its process
         * @throws IOException if it failed; the message says why
         */
        void perform(Action action, Map<String, String> session) throws IOException, InterruptedException;

        /** What {@link Action#REVIEW} printed. */
        InputStream document() throws IOException, InterruptedException;
    }

    /** Where the keys come from that a request's run would work with. */
    public interface Sessions {
        /** @throws AwsException if there are none for it; a sentence */
        AwsRunSession of(ProvisionRequest request) throws AwsException;
    }

    /**
     * @throws IOException if it cannot be found out; the message says why
     * @throws IllegalArgumentException if there is no deployment of that name, or nothing of it
     */
    public DriftReport of(String name, Sessions sessions) throws IOException, InterruptedException, AwsException {
        Deployment deployment = store.find(name)
                .filter(known -> !known.isGone() && known.appliedRun() != null)
                .orElseThrow(() -> new IllegalArgumentException("Deployment \"" + name + "\" has nothing in AWS that could have drifted."));
        AwsRunSession session = sessions.of(store.request(name, deployment.lastApplied()));
        StateBackend state = new StateBackend(store, settings, session::keys, sentence -> {});
        byte[] beside = state.open(deployment, Purpose.PLAN);
        site.lay(state.with(deployment, store.inputs(name, deployment.lastApplied())), beside);
        commands.perform(Action.INIT, state.isInS3(deployment) ? session.keys().toEnvironment() : Map.of());
        commands.perform(Action.PLAN, session.keys().toEnvironment());
        commands.perform(Action.REVIEW, Map.of());
        try (InputStream plan = commands.document()) {
            return new DriftReport(deployment, DriftReader.read(plan));
        }
    }
}
