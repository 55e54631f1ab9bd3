package io.jenkins.plugins.ec2docker.run.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggingApiCleanup;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
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
public final class UnsavedResources {

    /** EC2 and IAM answer a call within some seconds, and show what it made within some more ("eventual consistency", EC2 API reference). */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final DeploymentStore store;
    private final ResourceCleanup aws;
    private final InstantSource clock;
    private final Consumer<String> notes;
    private final TaggedResources tagged;
    private final Set<String> told = new HashSet<>();
    @CheckForNull
    private ResourceRemoval removal;
    @CheckForNull
    private Instant until;

    UnsavedResources(DeploymentStore store, ResourceCleanup aws, TaggedResources tagged, InstantSource clock, Consumer<String> notes) {
        this.tagged = tagged;
        this.store = store;
        this.aws = aws;
        this.clock = clock;
        this.notes = notes;
    }

    /** With AWS as the environment names it. */
    public static UnsavedResources in(DeploymentStore store, ProvisionRequest request, Map<String, String> environment,
            InstantSource clock, Consumer<String> notes) {
        String region = request.region();
        return new UnsavedResources(store, new Ec2AndIamResources(AwsSettings.of(region, environment)),
                new TaggingApiCleanup(region, environment, request.hasSection("edge")), clock, notes);
    }

    /**
     * One look.
     *
     * @return empty if something may still appear: look again after {@link #pause}
     */
    public Optional<Outcome> look(Deployment deployment, SessionCredentials keys) throws IOException, InterruptedException {
        boolean first = until == null;
        if (first) {
            until = clock.instant().plus(SETTLING);
        }
        boolean last = !clock.instant().isBefore(until);
        try {
            List<TaggedResource> made = made(deployment, keys);
            ResourceRemoval by = removal == null ? new ResourceRemoval(aws, tagged, isFleet(deployment)) : removal;
            removal = by;
            for (TaggedResource resource : new ResourceOwnership(store).unknown(deployment, made)) {
                Optional<String> kept = ResourceRemoval.kept(resource, made);
                if (kept.isPresent()) {
                    tell(resource, "which Terraform could not save: " + kept.get() + ". A sweep lists it.");
                } else if (removed(by, deployment, resource, keys)) {
                    notes.accept("Removed " + resource + ", which AWS had created but Terraform could not save.");
                }
            }
        } catch (AwsException e) {
            return Optional.of(Outcome.failed("What Terraform created but could not save was not found or not removed: " + e.getMessage()));
        }
        if (first) {
            notes.accept("Looking for what AWS created but Terraform could not save, for " + SETTLING.toSeconds() + " s.");
        }
        return last ? Optional.of(Outcome.done()) : Optional.empty();
    }

    /** What is part of something that is only named, and not removed, can often not be removed either. */
    private boolean removed(ResourceRemoval by, Deployment deployment, TaggedResource resource, SessionCredentials keys)
            throws AwsException, InterruptedException {
        try {
            return by.remove(keys, resource);
        } catch (AwsException e) {
            if (!isFleet(deployment)) {
                throw e;
            }
            tell(resource, "which Terraform could not save and which could not be removed: " + e.getMessage());
            return false;
        }
    }

    private void tell(TaggedResource resource, String what) {
        if (told.add(resource.toString())) {
            notes.accept("AWS has " + resource + ", " + what);
        }
    }

    private static boolean isFleet(Deployment deployment) {
        return !deployment.blueprint().equals(Blueprint.INSTANCE.text());
    }

    public Duration pause() {
        return PAUSE;
    }

    private List<TaggedResource> made(Deployment deployment, SessionCredentials keys) throws AwsException, IOException {
        List<TaggedResource> found = new ArrayList<>(aws.find(keys, deployment.name()));
        if (isFleet(deployment)) {
            try {
                found.addAll(tagged.find(keys));
            } catch (AwsException e) {
                if (told.add("tagged")) {
                    notes.accept("Whether AWS has more that Terraform could not save is not known: " + e.getMessage());
                }
            }
        }
        ResourceOwnership ownership = new ResourceOwnership(store);
        List<TaggedResource> made = new ArrayList<>();
        for (TaggedResource resource : found) {
            // The service may have to go back to a revision that the state knows no more; all but one go once it serves.
            boolean revision = resource.kind() == ResourceKind.TASK_DEFINITION;
            if (!revision && resource.name().equals(deployment.name()) && ownership.maker(resource).isPresent()) {
                made.add(resource);
            }
        }
        return made;
    }
}
