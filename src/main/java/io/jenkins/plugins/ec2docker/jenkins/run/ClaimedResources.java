package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedResources;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.TaggedResources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a place's resources may be a job's, its deployments being claimed until this is closed. Those of deployments that a run is at work on,
 * or waits to be, are no leftovers that anybody could judge now, and are left out.
 */
final class ClaimedResources implements OwnedResources, AutoCloseable {

    private final OwnedResources aws;
    private final String job;
    private final List<String> names;
    private final List<OwnedResource> found;
    /** By deployment; empty where it could not be claimed. */
    private final Map<String, Optional<Claims.Claim>> claims = new HashMap<>();

    /**
     * @param found all of the place
     * @param names of the job's deployments
     */
    ClaimedResources(OwnedResources aws, String job, List<OwnedResource> found, List<String> names) {
        this.aws = aws;
        this.job = job;
        this.names = List.copyOf(names);
        this.found = found.stream().filter(resource -> names.contains(resource.name())).toList();
    }

    @Override
    public List<OwnedResource> find(SessionCredentials credentials) {
        return found.stream().filter(this::isClaimed).toList();
    }

    /** Likewise, of what is found by its tags. */
    TaggedResources tagged(TaggedResources all) {
        return new TaggedResources() {
            @Override
            public List<OwnedResource> find(SessionCredentials credentials) throws AwsRefusal {
                return all.find(credentials).stream().filter(resource -> names.contains(resource.name()) && isClaimed(resource)).toList();
            }

            @Override
            public boolean remove(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal {
                return all.remove(credentials, resource);
            }
        };
    }

    private boolean isClaimed(OwnedResource resource) {
        return claims.computeIfAbsent(resource.name(), this::claim).isPresent();
    }

    private Optional<Claims.Claim> claim(String deployment) {
        return LiveRuns.get().claim(job, deployment, "what it has left in AWS is looked for.");
    }

    @Override
    public void remove(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal, InterruptedException {
        aws.remove(credentials, resource);
    }

    @Override
    public void close() {
        claims.values().forEach(claim -> claim.ifPresent(Claims.Claim::close));
        claims.clear();
    }
}
