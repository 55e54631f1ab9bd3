package io.jenkins.plugins.ec2docker.run.redeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.clients.RunCommand;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.bootstrap.RedeployScript;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.verify.ReadinessTimeout;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run does to the containers of the instance that serves: gives them its own images ({@link Action#REDEPLOY}), and back the ones
 * that they had ({@link Action#RESTORE}), look by look.
 */
public final class InPlaceRedeploy {

    private final DeploymentStore store;
    private final RunCommand commands;
    private final Clock clock;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    @CheckForNull
    private RunCommandPoll redeploying;
    @CheckForNull
    private RunCommandPoll restoring;

    public InPlaceRedeploy(DeploymentStore store, RunCommand commands, Clock clock, SessionKeys keys, Consumer<String> notes) {
        this.store = store;
        this.commands = commands;
        this.clock = clock;
        this.keys = keys;
        this.notes = notes;
    }

    /** Whether the first look has been had. */
    public boolean isRedeploying() {
        return redeploying != null;
    }

    /**
     * @param deployment knows already that the instance may run this run's images
     * @param instance id of the instance that was chosen for it
     * @param wanted the request as the run renders it
     */
    public Optional<Outcome> redeploy(Deployment deployment, String runId, String instance, ProvisionRequest wanted)
            throws AwsException, IOException {
        List<String> changed = ImageOnlyChange.changed(store.rendered(deployment.name(), deployment.lastApplied()), wanted);
        String word = changed.size() == 1 ? " with container " : " with containers ";
        String containers = changed.isEmpty() ? "" : word + String.join(", ", changed);
        if (redeploying == null) {
            notes.accept("Redeploying instance " + instance + containers + ".");
            redeploying = watch(deployment, runId, instance, wanted, runId, true);
        }
        return redeploying.look().map(outcome -> outcome.ok()
                ? Outcome.done("Instance " + instance + " has been redeployed.")
                : Outcome.failed("Instance " + instance + " could not be redeployed" + containers + ": " + outcome.message() + "."));
    }

    /** @param instance id of the instance that was redeployed */
    public Optional<Outcome> restore(Deployment deployment, String runId, String instance) throws AwsException, IOException {
        if (restoring == null) {
            notes.accept("Bringing the containers back that instance " + instance + " had before.");
            ProvisionRequest present = store.rendered(deployment.name(), deployment.lastApplied());
            restoring = watch(deployment, runId, instance, present, runId + "-back", false);
        }
        return restoring.look().map(outcome -> outcome.ok()
                ? outcome
                : Outcome.failed("Instance " + instance + " could not get its containers back: " + outcome.message() + "."));
    }

    public Duration pause(Action action) {
        return Objects.requireNonNull(action == Action.REDEPLOY ? redeploying : restoring, "nothing was sent yet").pause();
    }

    private RunCommandPoll watch(Deployment deployment, String runId, String instance, ProvisionRequest wanted, String mark,
            boolean pulls) {
        RedeployScript redeployment = new RedeployScript(wanted, mark, clock.millis(), pulls);
        RunCommandPoll.Sent sent = new RunCommandPoll.Sent() {
            @Override
            public Optional<String> id() throws IOException {
                return store.command(deployment.name(), runId, mark);
            }

            @Override
            public void id(String commandId) throws IOException {
                store.saveCommand(deployment.name(), runId, mark, commandId);
            }
        };
        return new RunCommandPoll(commands, instance, redeployment, sent, ReadinessTimeout.of(wanted).whole(), clock, keys, notes);
    }
}
