package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResources;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a place's resources may be a job's, its deployments being claimed until this is closed. Those of deployments that a run is at work on,
 * or waits to be, are no leftovers that anybody could judge now, and are left out.
 */
final class ReservedResources implements ResourceCleanup, AutoCloseable {

    private final ResourceCleanup aws;
    private final String job;
    private final List<String> names;
    private final List<TaggedResource> found;
    /** By deployment; empty where it could not be claimed. */
    private final Map<String, Optional<DeploymentReservations.Claim>> claims = new HashMap<>();

    /**
     * @param found all of the place
     * @param names of the job's deployments
     */
    ReservedResources(ResourceCleanup aws, String job, List<TaggedResource> found, List<String> names) {
        this.aws = aws;
        this.job = job;
        this.names = List.copyOf(names);
        this.found = found.stream().filter(resource -> names.contains(resource.name())).toList();
    }

    @Override
    public List<TaggedResource> find(SessionCredentials credentials) {
        return found.stream().filter(this::isClaimed).toList();
    }

    /** Likewise, of what is found by its tags. */
    TaggedResources tagged(TaggedResources all) {
        return new TaggedResources() {
            @Override
            public List<TaggedResource> find(SessionCredentials credentials) throws AwsException {
                return all.find(credentials).stream().filter(resource -> names.contains(resource.name()) && isClaimed(resource)).toList();
            }

            @Override
            public boolean remove(SessionCredentials credentials, TaggedResource resource) throws AwsException {
                return all.remove(credentials, resource);
            }
        };
    }

    private boolean isClaimed(TaggedResource resource) {
        return claims.computeIfAbsent(resource.name(), this::claim).isPresent();
    }

    private Optional<DeploymentReservations.Claim> claim(String deployment) {
        return ActiveRuns.get().claim(job, deployment, "what it has left in AWS is looked for.");
    }

    @Override
    public void remove(SessionCredentials credentials, TaggedResource resource) throws AwsException, InterruptedException {
        aws.remove(credentials, resource);
    }

    @Override
    public void close() {
        claims.values().forEach(claim -> claim.ifPresent(DeploymentReservations.Claim::close));
        claims.clear();
    }
}
