package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.terraform.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.TerraformNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says how AWS differs from what a deployment's last run applied, by a {@link DriftPlan} of this machine. Changes neither AWS nor the store.
 */
final class DriftCheck {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final CredentialsSource credentials;
    private final Consumer<String> notes;
    private final Clock clock;

    DriftCheck(DeploymentStore store, RunSettings settings, CredentialsSource credentials, Consumer<String> notes, Clock clock) {
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
    DriftReport of(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException, AwsRefusal {
        TerraformBinary binary = TerraformBinary.find(settings.terraform(), settings.environment());
        String runId = Identities.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(runId, Purpose.PLAN, settings.who(), clock.instant()))) {
            new Salvage(store, settings.grace(), notes).of(name);
            TerraformDirectories directories =
                    new TerraformDirectories(store.workDirectory(name, runId), store.runDirectory(name, runId));
            try {
                LocalSite site = new LocalSite(binary, settings.providers(), settings.environment(), directories);
                return new DriftPlan(store, settings, site, new Here(site, directories)).of(name, request -> RunSession.of(
                        request, credentials, settings, "ec2-docker-" + name + "-" + runId, runId, clock, notes));
            } finally {
                Directories.delete(directories.workspace());
                Directories.delete(directories.processes());
            }
        }
    }

    /** Commands of this machine. */
    private record Here(LocalSite site, TerraformDirectories directories) implements DriftPlan.Commands {

        @Override
        public void perform(Action action, Map<String, String> session) throws IOException, InterruptedException {
            site.launch(action, session);
            FirstError errors = new FirstError(AskedFor::field);
            Outcome outcome = errors.outcome(
                    TerraformDirectories.command(action).name(), site.await(action, errors), site.isInterrupted(action), site.complaint(action));
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
