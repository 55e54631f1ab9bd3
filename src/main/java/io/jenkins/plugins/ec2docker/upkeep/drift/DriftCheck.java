package io.jenkins.plugins.ec2docker.upkeep.drift;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.CredentialsSource;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.site.LocalSite;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.site.TerraformErrors;
import io.jenkins.plugins.ec2docker.run.state.CrashRecovery;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says how AWS differs from what a deployment's last run applied, by a {@link DriftPlan} of this machine. Changes neither AWS nor the store.
 */
public final class DriftCheck {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final CredentialsSource credentials;
    private final Consumer<String> notes;
    private final Clock clock;

    public DriftCheck(DeploymentStore store, RunSettings settings, CredentialsSource credentials, Consumer<String> notes, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.credentials = credentials;
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * @throws IOException if it cannot be found out; the message says why
     * @throws IllegalArgumentException if there is no deployment of that name, or nothing of it
     */
    public DriftReport of(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException, AwsException {
        TerraformBinary binary = TerraformBinary.find(settings.terraform(), settings.environment());
        String runId = Ids.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(runId, Purpose.PLAN, settings.who(), clock.instant()))) {
            new CrashRecovery(store, settings.grace(), notes).of(name);
            RunDirectories directories =
                    new RunDirectories(store.workDirectory(name, runId), store.runDirectory(name, runId));
            try {
                LocalSite site = new LocalSite(binary, settings.providers(), settings.environment(), directories);
                return new DriftPlan(store, settings, site, new Here(site, directories)).of(name, request -> AwsRunSession.of(
                        request, credentials, settings, "ec2-docker-" + name + "-" + runId, runId, clock, notes));
            } finally {
                DirectoryTree.delete(directories.workspace());
                DirectoryTree.delete(directories.processes());
            }
        }
    }

    /** Commands of this machine. */
    private record Here(LocalSite site, RunDirectories directories) implements DriftPlan.Commands {

        @Override
        public void perform(Action action, Map<String, String> session) throws IOException, InterruptedException {
            site.launch(action, session);
            TerraformErrors errors = new TerraformErrors(InstanceRequestFields::field);
            Outcome outcome = errors.outcome(
                    RunDirectories.command(action).name(), site.await(action, errors), site.isInterrupted(action), site.complaint(action));
            if (!outcome.ok()) {
                throw new IOException(outcome.message());
            }
        }

        @Override
        public InputStream document() throws IOException {
            return Files.newInputStream(directories.files(Action.REVIEW).stdout());
        }
    }
}
