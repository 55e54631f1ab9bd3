package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.EnvironmentProxy;
import io.jenkins.plugins.ec2docker.aws.HttpImageRegistry;
import io.jenkins.plugins.ec2docker.aws.ImageRegistry;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The pins of runs: looked for once in a run and stored before they count, so that whoever takes the run up renders the same. */
final class RunPins {

    private final DeploymentStore store;
    private final ImagePinning pinning;

    /** @param pinning null where images are not pinned */
    RunPins(DeploymentStore store, ImagePinning pinning) {
        this.store = store;
        this.pinning = pinning;
    }

    /** As the settings say. */
    static RunPins of(DeploymentStore store, RunSettings settings, Consumer<String> notes) {
        return settings.pinsImages()
                ? by(new HttpImageRegistry(EnvironmentProxy.of(settings.environment())), store, notes)
                : new RunPins(store, null);
    }

    /** By what this registry says. */
    static RunPins by(ImageRegistry registry, DeploymentStore store, Consumer<String> notes) {
        return new RunPins(store, new ImagePinning(registry, ImagePinning.LIMIT, notes));
    }

    /** The request as this run renders it. */
    ProvisionRequest pinned(Deployment deployment, ProvisionRequest request, String runId) throws IOException {
        if (pinning == null) {
            return request;
        }
        Optional<ImagePins> stored = store.pins(deployment.name(), runId);
        if (stored.isPresent()) {
            return stored.get().applied(request);
        }
        ImagePins earlier = deployment.isGone() || deployment.appliedRun() == null
                ? ImagePins.NONE
                : store.pins(deployment.name(), deployment.appliedRun()).orElse(ImagePins.NONE);
        try {
            ImagePins pins = pinning.pins(ImagePins.pinnable(request), earlier);
            store.savePins(deployment.name(), runId, pins);
            return pins.applied(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while registries were asked for images.", e);
        }
    }
}
