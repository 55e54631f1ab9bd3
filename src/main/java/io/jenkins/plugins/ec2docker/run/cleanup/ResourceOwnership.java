package io.jenkins.plugins.ec2docker.run.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says whose a tagged resource is, by what the store has in writing.
 *
 * <p>A deployment's id is drawn at random and written into the inputs of each run before its apply begins. So what carries an id that is
 * in no run's inputs is another installation's, whatever its name; and what carries one that is there was made from here.
 */
public final class ResourceOwnership {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DeploymentStore store;

    public ResourceOwnership(DeploymentStore store) {
        this.store = store;
    }

    /** The deployment whose run made it, as it is known today; empty where no run of this store did. */
    public Optional<Deployment> maker(TaggedResource resource) throws IOException {
        if (!DeploymentStore.isName(resource.name()) || !resource.deployment().startsWith(resource.name() + "-")) {
            return Optional.empty();
        }
        Optional<Deployment> known = store.find(resource.name());
        if (known.isEmpty() || known.get().id().equals(resource.deployment())) {
            return known;
        }
        return wasId(resource) ? known : Optional.empty();
    }

    /**
     * What the deployment's latest state does not know, neither itself nor the instance that it is part of, in the order in which it can
     * go.
     *
     * @param resources whose {@link #maker} it is
     */
    public List<TaggedResource> unknown(Deployment deployment, List<TaggedResource> resources) throws IOException {
        Set<String> known = deployment.isGone() ? Set.of() : knownByState(deployment.name());
        StateArns byArn = deployment.isGone() ? new StateArns() : latest(deployment.name());
        return resources.stream()
                .filter(resource -> !resource.deployment().equals(deployment.id())
                        || !(resource.kind().isByArn()
                                ? byArn.knows(resource.id())
                                : known.contains(key(resource)) || known.contains(whole(resource))))
                .sorted(Comparator.comparing(TaggedResource::kind))
                .toList();
    }

    /** What a state calls it; a role and its profile have the same id. */
    public static String key(TaggedResource resource) {
        return StateMerge.key(resource.kind().terraformType(), resource.id());
    }

    private static String whole(TaggedResource resource) {
        return StateMerge.key(ResourceKind.INSTANCE.terraformType(), resource.partOf());
    }

    private StateArns latest(String name) throws IOException {
        Optional<StateVersions.Version> latest = store.states(name).latest();
        return latest.isEmpty() ? new StateArns() : StateArns.of(MAPPER.readTree(store.states(name).read(latest.get())));
    }

    private Set<String> knownByState(String name) throws IOException {
        StateVersions versions = store.states(name);
        Optional<StateVersions.Version> latest = versions.latest();
        Set<String> known = new HashSet<>();
        if (latest.isPresent()) {
            StateReader.Reading reading = StateReader.read(new ByteArrayInputStream(versions.read(latest.get())));
            if (!(reading instanceof StateReader.Reading.State state)) {
                throw new IOException("The state of deployment \"" + name + "\" cannot be read, so nobody can say what it knows.");
            }
            // A network's own security group is adopted under a type of its own.
            state.version().instances().forEach(
                    instance -> known.add(StateMerge.key(instance.type().replaceFirst("^aws_default_", "aws_"), instance.id())));
        }
        return known;
    }

    private boolean wasId(TaggedResource resource) throws IOException {
        for (RunSummary run : store.find(resource.name()).map(Deployment::runs).orElse(List.of())) {
            try {
                byte[] variables = store.inputs(resource.name(), run.id()).contents().get("terraform.tfvars.json");
                JsonNode id = MAPPER.readTree(variables).path("deployment_id");
                if (id.asText().equals(resource.deployment())) {
                    return true;
                }
            } catch (java.nio.file.NoSuchFileException e) {
                // A run that never came to an apply has no inputs, and has made nothing.
            }
        }
        return false;
    }
}
