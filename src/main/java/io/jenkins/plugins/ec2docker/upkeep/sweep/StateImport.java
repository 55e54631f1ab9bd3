package io.jenkins.plugins.ec2docker.upkeep.sweep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.run.cleanup.ResourceOwnership;
import io.jenkins.plugins.ec2docker.run.cleanup.StateMerge;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Lets a deployment take over what its latest state does not know and an earlier one did. Needs the deployment's lock. */
final class StateImport {

    private final DeploymentStore store;
    private final Deployment deployment;
    private final StateVersions versions;

    StateImport(DeploymentStore store, Deployment deployment) {
        this.store = store;
        this.deployment = deployment;
        this.versions = store.states(deployment.name());
    }

    /**
     * What can be taken over, and from where. Changes nothing.
     *
     * @param unknown what the latest state does not know
     * @param state what it becomes with all of that; null where nothing can be taken over
     * @param from by {@link ResourceOwnership#key}, the newest version that each was taken from
     */
    record Proposal(Map<String, StateVersions.Version> from, @CheckForNull byte[] state) {

        /** @return empty where no state knew it, nor the instance that it is a part of, or something else is in its place */
        Optional<StateVersions.Version> of(TaggedResource resource) {
            String whole = StateMerge.key(ResourceKind.INSTANCE.terraformType(), resource.partOf());
            return Optional.ofNullable(from.getOrDefault(ResourceOwnership.key(resource), from.get(whole)));
        }
    }

    Proposal proposal(List<TaggedResource> unknown) throws IOException {
        Set<String> wanted = new HashSet<>();
        unknown.stream().filter(resource -> resource.deployment().equals(deployment.id())).map(ResourceOwnership::key).forEach(wanted::add);
        Map<String, StateVersions.Version> from = new HashMap<>();
        List<StateVersions.Version> all = versions.list();
        if (wanted.isEmpty() || all.isEmpty() || store.s3(deployment).isPresent()) {
            return new Proposal(from, null);
        }
        byte[] latest = versions.read(all.get(all.size() - 1));
        if (!StateReader.isWhole(latest)) {
            return new Proposal(from, null);
        }
        StateMerge adoption = new StateMerge(latest);
        for (int i = all.size() - 2; i >= 0 && !wanted.isEmpty(); i--) {
            byte[] earlier = versions.read(all.get(i));
            if (StateReader.isWhole(earlier)) {
                for (String key : adoption.take(earlier, wanted)) {
                    from.put(key, all.get(i));
                    wanted.remove(key);
                }
            }
        }
        return new Proposal(from, from.isEmpty() ? null : adoption.state());
    }

    /**
     * Carries it out. As with a version that is brought back, the record says first that nobody knows for sure what is in AWS, and only then
     * the version is there.
     */
    void take(Proposal proposal, Instant now) throws IOException {
        store.save(deployment.unsure(now));
        StateVersions.Version newest = proposal.from().values().stream()
                .max((a, b) -> Integer.compare(a.number(), b.number()))
                .orElseThrow();
        versions.adopt(newest, Objects.requireNonNull(proposal.state(), "state"));
    }
}
