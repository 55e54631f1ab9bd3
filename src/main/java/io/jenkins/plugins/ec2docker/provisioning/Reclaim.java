package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsOwnedResources;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedResources;
import io.jenkins.plugins.ec2docker.aws.ResourceTags;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.TaggedResources;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final TaggedResources tagged;
    private final Set<String> told = new HashSet<>();
    private Removal removal;
    private Instant until;

    Reclaim(DeploymentStore store, OwnedResources aws, TaggedResources tagged, InstantSource clock, Consumer<String> notes) {
        this.tagged = tagged;
        this.store = store;
        this.aws = aws;
        this.clock = clock;
        this.notes = notes;
    }

    /** With AWS as the environment names it. */
    static Reclaim in(DeploymentStore store, String region, Map<String, String> environment, InstantSource clock, Consumer<String> notes) {
        return new Reclaim(store, new AwsOwnedResources(AwsSettings.of(region, environment)), new ResourceTags(region, environment), clock, notes);
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
            List<OwnedResource> made = made(deployment, keys);
            if (removal == null) {
                removal = new Removal(aws, tagged, isFleet(deployment));
            }
            for (OwnedResource resource : new Ownership(store).unknown(deployment, made)) {
                Optional<String> kept = Removal.kept(resource, made);
                if (kept.isPresent()) {
                    tell(resource, "which Terraform could not save: " + kept.get() + ". A sweep lists it.");
                } else if (removed(deployment, resource, keys)) {
                    notes.accept("Removed " + resource + ", which AWS had created but Terraform could not save.");
                }
            }
        } catch (AwsRefusal e) {
            return Optional.of(Outcome.failed("What Terraform created but could not save was not found or not removed: " + e.getMessage()));
        }
        if (first) {
            notes.accept("Looking for what AWS created but Terraform could not save, for " + SETTLING.toSeconds() + " s.");
        }
        return last ? Optional.of(Outcome.done()) : Optional.empty();
    }

    /** What is part of something that is only named, and not removed, can often not be removed either. */
    private boolean removed(Deployment deployment, OwnedResource resource, SessionCredentials keys) throws AwsRefusal, InterruptedException {
        try {
            return removal.remove(keys, resource);
        } catch (AwsRefusal e) {
            if (!isFleet(deployment)) {
                throw e;
            }
            tell(resource, "which Terraform could not save and which could not be removed: " + e.getMessage());
            return false;
        }
    }

    private void tell(OwnedResource resource, String what) {
        if (told.add(resource.toString())) {
            notes.accept("AWS has " + resource + ", " + what);
        }
    }

    private static boolean isFleet(Deployment deployment) {
        return !deployment.blueprint().equals(Blueprint.INSTANCE.text());
    }

    Duration pause() {
        return PAUSE;
    }

    private List<OwnedResource> made(Deployment deployment, SessionCredentials keys) throws AwsRefusal, IOException {
        List<OwnedResource> found = new ArrayList<>(aws.find(keys, deployment.name()));
        if (isFleet(deployment)) {
            try {
                found.addAll(tagged.find(keys));
            } catch (AwsRefusal e) {
                if (told.add("tagged")) {
                    notes.accept("Whether AWS has more that Terraform could not save is not known: " + e.getMessage());
                }
            }
        }
        Ownership ownership = new Ownership(store);
        List<OwnedResource> made = new ArrayList<>();
        for (OwnedResource resource : found) {
            if (resource.name().equals(deployment.name()) && ownership.maker(resource).isPresent()) {
                made.add(resource);
            }
        }
        return made;
    }
}
