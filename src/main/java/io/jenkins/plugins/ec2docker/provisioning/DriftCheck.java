package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.terraform.Drift;
import io.jenkins.plugins.ec2docker.terraform.DriftFile;
import io.jenkins.plugins.ec2docker.terraform.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.TerraformNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says how AWS differs from what a deployment's last run applied: a plan with that run's own inputs and the latest state, which is thrown
 * away. Changes neither AWS nor the store.
 */
final class DriftCheck {

    private final DeploymentStore store;
    private final RunSettings settings;
    private final CredentialsSource credentials;
    private final RunListener listener;
    private final Clock clock;

    DriftCheck(DeploymentStore store, RunSettings settings, CredentialsSource credentials, RunListener listener, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.credentials = credentials;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * @throws IOException if it cannot be found out; the message says why
     * @throws IllegalArgumentException if there is no deployment of that name, or nothing of it
     */
    DriftReport of(String name)
            throws IOException, DeploymentLock.Held, TerraformNotFoundException, InterruptedException, AwsRefusal {
        TerraformBinary binary = TerraformBinary.find(settings.terraform(), settings.environment());
        String runId = RunStart.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(runId, Purpose.PLAN, settings.who(), clock.instant()))) {
            new Salvage(store, settings.grace(), listener::note).of(name);
            Deployment deployment = store.find(name)
                    .filter(known -> !known.isGone() && known.appliedRun() != null)
                    .orElseThrow(() -> new IllegalArgumentException("Deployment \"" + name + "\" has nothing in AWS that could have drifted."));
            TerraformDirectories directories =
                    new TerraformDirectories(store.workDirectory(name, runId), store.runDirectory(name, runId));
            try {
                LocalSite site = new LocalSite(binary, settings.providers(), settings.environment(), directories);
                return new DriftReport(deployment, drifts(deployment, site, directories, runId));
            } finally {
                Directories.delete(directories.workspace());
                Directories.delete(directories.processes());
            }
        }
    }

    private List<Drift> drifts(Deployment deployment, LocalSite site, TerraformDirectories directories, String runId)
            throws IOException, InterruptedException, AwsRefusal {
        String name = deployment.name();
        StateVersions versions = store.states(name);
        Optional<StateVersions.Version> latest = versions.latest();
        site.lay(store.inputs(name, deployment.appliedRun()), latest.isPresent() ? versions.read(latest.get()) : null);
        RunSession session = RunSession.of(store.request(name, deployment.appliedRun()), credentials, settings,
                "ec2-docker-" + name + "-" + runId, runId, clock, listener::note);
        perform(Action.INIT, site, Map.of());
        perform(Action.PLAN, site, session.keys().toEnvironment());
        perform(Action.REVIEW, site, Map.of());
        Path document = directories.files(Action.REVIEW).stdout();
        try (InputStream plan = Files.newInputStream(document)) {
            return DriftFile.read(plan);
        }
    }

    private void perform(Action action, LocalSite site, Map<String, String> session) throws IOException, InterruptedException {
        site.launch(action, session);
        FirstError errors = new FirstError();
        Outcome outcome = errors.outcome(
                TerraformDirectories.command(action).name(), site.await(action, errors), site.isInterrupted(action), site.complaint(action));
        if (!outcome.ok()) {
            throw new IOException(outcome.message());
        }
    }
}
