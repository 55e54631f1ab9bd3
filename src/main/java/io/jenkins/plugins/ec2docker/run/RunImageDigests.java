package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.images.DigestResolver;
import io.jenkins.plugins.ec2docker.images.ImageDigests;
import io.jenkins.plugins.ec2docker.images.ImageRegistry;
import io.jenkins.plugins.ec2docker.images.RegistryClient;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The pins of runs: looked for once in a run and stored before they count, so that whoever takes the run up renders the same. */
public final class RunImageDigests {

    private final DeploymentStore store;
    @CheckForNull
    private final DigestResolver pinning;

    /** @param pinning null where images are not pinned */
    public RunImageDigests(DeploymentStore store, @CheckForNull DigestResolver pinning) {
        this.store = store;
        this.pinning = pinning;
    }

    /** As the settings say. */
    public static RunImageDigests of(DeploymentStore store, RunSettings settings, Consumer<String> notes) {
        return settings.pinsImages()
                ? by(new RegistryClient(ProxySettings.of(settings.environment()), settings.guardrails()::namesRegistry), store, notes)
                : new RunImageDigests(store, null);
    }

    /** By what this registry says. */
    public static RunImageDigests by(ImageRegistry registry, DeploymentStore store, Consumer<String> notes) {
        return new RunImageDigests(store, new DigestResolver(registry, DigestResolver.LIMIT, notes));
    }

    /** The request as this run renders it. */
    public ProvisionRequest pinned(Deployment deployment, ProvisionRequest request, String runId) throws IOException {
        if (pinning == null) {
            return request;
        }
        Optional<ImageDigests> stored = store.pins(deployment.name(), runId);
        if (stored.isPresent()) {
            return stored.get().applied(request);
        }
        String applied = deployment.appliedRun();
        ImageDigests earlier = deployment.isGone() || applied == null
                ? ImageDigests.NONE
                : store.pins(deployment.name(), applied).orElse(ImageDigests.NONE);
        try {
            ImageDigests pins = pinning.pins(ImageDigests.pinnable(request), earlier);
            store.savePins(deployment.name(), runId, pins);
            return pins.applied(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while registries were asked for images.", e);
        }
    }
}
