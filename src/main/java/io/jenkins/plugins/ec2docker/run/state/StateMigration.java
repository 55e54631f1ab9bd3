package io.jenkins.plugins.ec2docker.run.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.aws.state.RemoteState;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves a deployment's state to another place. Needs the deployment's lock.
 *
 * <p>The order is what keeps it: the newest state comes into the store first, then to the new place, where it is read back and compared; and only
 * then the store remembers the new place, by one file that is replaced whole. A kill at any moment leaves the old place in force, and doing it
 * again does the rest. What is in S3 stays there, unused.
 */
final class StateMigration {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    StateMigration(DeploymentStore store, RunSettings settings, SessionKeys keys, Consumer<String> notes) {
        this.store = store;
        this.settings = settings;
        this.keys = keys;
        this.notes = notes;
    }

    /**
     * @param target null for the store alone
     * @return whether it was elsewhere before
     * @throws IOException if it stays where it is; a sentence that says why
     */
    boolean to(Deployment deployment, @CheckForNull S3BackendSetting target) throws IOException, AwsException {
        Optional<S3StateAddress> from = store.s3(deployment);
        S3StateAddress to = target == null ? null : target.address(deployment.id());
        if (from.equals(Optional.ofNullable(to))) {
            return false;
        }
        StateBackend home = new StateBackend(store, settings, keys, notes);
        if (from.isPresent()) {
            home.requireFree(deployment, from.get());
            home.agree(deployment, from.get());
        }
        boolean sameObject = to != null && from.map(S3StateAddress::path).equals(Optional.of(to.path()));
        if (to != null && !sameObject) {
            write(home.copy(to), to, store.latestState(deployment), keys.get());
        }
        store.saveS3(deployment, to);
        notes.accept("The state of deployment \"" + deployment.name() + "\" is now " + (to == null ? "here alone" : "in " + to)
                + from.filter(old -> !sameObject).map(old -> "; what is at " + old + " is left as it is, and not used any more").orElse("")
                + ".");
        return true;
    }

    private void write(RemoteState there, S3StateAddress to, @CheckForNull byte[] state, SessionCredentials session)
            throws IOException, AwsException {
        there.requireFree(session);
        byte[] present = there.read(session).orElse(null);
        switch (StateComparison.of(state, present)) {
            case SAME -> {}
            case STORE_IS_NEWER -> there.write(session, settings.who(), present, state);
            case S3_IS_NEWER, APART ->
                    throw new IOException("There is another state at " + to + " than the deployment's, or a newer one: nothing was"
                            + " written over it, and the state stays where it was. Move that object away first.");
        }
        byte[] written = there.read(session).orElse(null);
        if (state != null && StateComparison.of(state, null) != StateComparison.SAME && !Arrays.equals(state, written)) {
            throw new IOException("The state cannot be read at " + to + " as it was written; it stays where it was.");
        }
    }
}
