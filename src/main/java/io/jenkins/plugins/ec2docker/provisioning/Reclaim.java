package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsOwnedResources;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedResources;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Removes what a deployment's Terraform created but could not save. Needs the deployment's lock, and the state kept.
 *
 * <p>Terraform that is told to stop cancels the call that it is just making, and one that is killed takes it along; AWS carries such a call
 * out all the same, and nobody hears of the role or the instance that comes of it. Its tags name the deployment, though. Look by look, so
 * that it costs no thread between two of them: what AWS was asked for in the last moment may take some seconds to appear.
 */
final class Reclaim {

    /** EC2 and IAM answer a call within some seconds, and show what it made within some more ("eventual consistency", EC2 API reference). */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final DeploymentStore store;
    private final OwnedResources aws;
    private final InstantSource clock;
    private final Consumer<String> notes;
    private Instant until;

    Reclaim(DeploymentStore store, OwnedResources aws, InstantSource clock, Consumer<String> notes) {
        this.store = store;
        this.aws = aws;
        this.clock = clock;
        this.notes = notes;
    }

    /** With AWS as the environment names it. */
    static Reclaim in(DeploymentStore store, String region, Map<String, String> environment, InstantSource clock, Consumer<String> notes) {
        return new Reclaim(store, new AwsOwnedResources(AwsSettings.of(region, environment)), clock, notes);
    }

    /**
     * One look.
     *
     * @return empty if something may still appear: look again after {@link #pause}
     */
    Optional<Outcome> look(Deployment deployment, SessionCredentials keys) throws IOException, InterruptedException {
        boolean first = until == null;
        if (first) {
            until = clock.instant().plus(SETTLING);
        }
        boolean last = !clock.instant().isBefore(until);
        try {
            for (OwnedResource resource : unknown(deployment, keys)) {
                aws.remove(keys, resource);
                notes.accept("Removed " + resource + ", which AWS had created but Terraform could not save.");
            }
        } catch (AwsRefusal e) {
            return Optional.of(Outcome.failed("What Terraform created but could not save was not found or not removed: " + e.getMessage()));
        }
        if (first) {
            notes.accept("Looking for what AWS created but Terraform could not save, for " + SETTLING.toSeconds() + " s.");
        }
        return last ? Optional.of(Outcome.done()) : Optional.empty();
    }

    Duration pause() {
        return PAUSE;
    }

    private List<OwnedResource> unknown(Deployment deployment, SessionCredentials keys) throws AwsRefusal, IOException {
        Ownership ownership = new Ownership(store);
        List<OwnedResource> made = new ArrayList<>();
        for (OwnedResource resource : aws.find(keys, deployment.name())) {
            if (ownership.maker(resource).isPresent()) {
                made.add(resource);
            }
        }
        return ownership.unknown(deployment, made);
    }
}
