package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedKind;
import io.jenkins.plugins.ec2docker.terraform.StateFile;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets a deployment take over what its latest state does not know and an earlier one did. Needs the deployment's lock. */
final class Adoption {

    private final DeploymentStore store;
    private final Deployment deployment;
    private final StateVersions versions;

    Adoption(DeploymentStore store, Deployment deployment) {
        this.store = store;
        this.deployment = deployment;
        this.versions = store.states(deployment.name());
    }

    /**
     * What can be taken over, and from where. Changes nothing.
     *
     * @param unknown what the latest state does not know
     * @param state what it becomes with all of that; null where nothing can be taken over
     * @param from by {@link Ownership#key}, the newest version that each was taken from
     */
    record Proposal(Map<String, StateVersions.Version> from, byte[] state) {

        /** @return empty where no state knew it, nor the instance that it is a part of, or something else is in its place */
        Optional<StateVersions.Version> of(OwnedResource resource) {
            String whole = StateAdoption.key(OwnedKind.INSTANCE.terraformType(), resource.partOf());
            return Optional.ofNullable(from.getOrDefault(Ownership.key(resource), from.get(whole)));
        }
    }

    Proposal proposal(List<OwnedResource> unknown) throws IOException {
        Set<String> wanted = new HashSet<>();
        unknown.stream().filter(resource -> resource.deployment().equals(deployment.id())).map(Ownership::key).forEach(wanted::add);
        Map<String, StateVersions.Version> from = new HashMap<>();
        List<StateVersions.Version> all = versions.list();
        if (wanted.isEmpty() || all.isEmpty() || store.s3(deployment).isPresent()) {
            return new Proposal(from, null);
        }
        byte[] latest = versions.read(all.get(all.size() - 1));
        if (!StateFile.isWhole(latest)) {
            return new Proposal(from, null);
        }
        StateAdoption adoption = new StateAdoption(latest);
        for (int i = all.size() - 2; i >= 0 && !wanted.isEmpty(); i--) {
            byte[] earlier = versions.read(all.get(i));
            if (StateFile.isWhole(earlier)) {
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
        versions.adopt(newest, proposal.state());
    }
}
