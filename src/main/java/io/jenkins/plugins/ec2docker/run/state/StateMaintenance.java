package io.jenkins.plugins.ec2docker.run.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.state.RemoteState;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.CredentialsSource;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

/** What people ask for about a deployment's state beside its runs; while it lasts, no run can begin. */
public final class StateMaintenance {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final CredentialsSource credentials;
    private final Consumer<String> notes;
    private final Clock clock;

    public StateMaintenance(DeploymentStore store, RunSettings settings, CredentialsSource credentials, Consumer<String> notes,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.credentials = credentials;
        this.notes = notes;
        this.clock = clock;
    }

    /** @param target null for the store alone */
    public boolean move(String name, @CheckForNull S3BackendSetting target)
            throws IOException, DeploymentLock.Held, InterruptedException, AwsException {
        String id = Ids.newRunId(clock.instant());
        try (DeploymentLock lock = lock(name, id)) {
            new CrashRecovery(store, settings.grace(), notes).of(name);
            Deployment deployment = existing(name);
            return new StateMigration(store, settings, session(deployment, id)::keys, notes).to(deployment, target);
        }
    }

    public void unlock(String name, String lockId) throws IOException, DeploymentLock.Held, InterruptedException, AwsException {
        String id = Ids.newRunId(clock.instant());
        try (DeploymentLock lock = lock(name, id)) {
            // A Terraform that a killed run has left at work may be the lock's holder: it is stopped, or nothing is given free.
            new CrashRecovery(store, settings.grace(), notes).of(name);
            Deployment deployment = existing(name);
            S3StateAddress address = store.s3(deployment)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The state of deployment \"" + name + "\" is not in S3: nothing can be locked there."));
            new RemoteState(address, settings.environment()).unlock(session(deployment, id).keys(), lockId);
        }
    }

    private DeploymentLock lock(String name, String id) throws IOException, DeploymentLock.Held {
        return store.lock(name, DeploymentLock.Holder.here(id, Purpose.PLAN, settings.who(), clock.instant()));
    }

    private Deployment existing(String name) throws IOException {
        return store.find(name)
                .filter(known -> !known.isGone() && known.appliedRun() != null)
                .orElseThrow(() -> new IllegalArgumentException("Deployment \"" + name + "\" has nothing in AWS, and so no state."));
    }

    private AwsRunSession session(Deployment deployment, String id) throws IOException {
        return AwsRunSession.of(store.request(deployment.name(), deployment.lastApplied()), credentials, settings,
                "ec2-docker-" + deployment.name() + "-" + id, id, clock, notes);
    }
}
