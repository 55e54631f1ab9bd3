package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a state directory holds of a deployment at one time.
 *
 * @param there whether anything is left of it in AWS, by its record
 * @param versions the store's states by file name
 * @param leftover states with something in them that lie in workspaces, which their runs have not brought to the store
 */
public record Kept(boolean there, Map<String, byte[]> versions, List<byte[]> leftover) {

    static Kept of(Path directory, String name) throws IOException {
        return of(new DeploymentStore(directory, Encryption.NONE), name, directory.resolve(name).resolve("work"));
    }

    /** @param work where its workspaces are */
    public static Kept of(DeploymentStore store, String name, Path work) throws IOException {
        Map<String, byte[]> versions = new LinkedHashMap<>();
        StateVersions states = store.states(name);
        for (StateVersions.Version version : states.list()) {
            versions.put(version.file().getFileName().toString(), states.read(version));
        }
        List<byte[]> leftover = new ArrayList<>();
        if (Files.isDirectory(work)) {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.filter(path -> path.getFileName().toString().matches("(terraform|errored)\\.tfstate")).toList()) {
                    byte[] state = Files.readAllBytes(file);
                    if (!known(state).isEmpty()) {
                        leftover.add(state);
                    }
                }
            }
        }
        return new Kept(store.find(name).filter(deployment -> !deployment.isGone()).isPresent(), versions, leftover);
    }

    /** Ids that the latest state knows; none where nothing is left of the deployment by its record. */
    public Set<String> knownIds() throws IOException {
        if (!there || versions.isEmpty()) {
            return Set.of();
        }
        return known(List.copyOf(versions.values()).get(versions.size() - 1));
    }

    /** How many states that were there before are there no more, or not as they were. */
    public int lostSince(Kept before) throws IOException {
        int lost = 0;
        for (Map.Entry<String, byte[]> version : before.versions.entrySet()) {
            lost += Arrays.equals(version.getValue(), versions.get(version.getKey())) ? 0 : 1;
        }
        for (byte[] state : before.leftover) {
            // One that Terraform was still writing has grown since.
            long serial = serial(state);
            Set<Long> serials = new HashSet<>();
            for (byte[] version : versions.values()) {
                serials.add(serial(version));
            }
            lost += serials.stream().anyMatch(known -> known >= serial) ? 0 : 1;
        }
        return lost;
    }

    private static Set<String> known(byte[] state) throws IOException {
        Set<String> ids = new HashSet<>();
        version(state).ifPresent(version -> version.instances().forEach(instance -> ids.add(instance.id())));
        return ids;
    }

    private static long serial(byte[] state) throws IOException {
        return version(state).map(StateContent::serial).orElse(-1L);
    }

    private static Optional<StateContent> version(byte[] state) throws IOException {
        return StateReader.read(new ByteArrayInputStream(state)) instanceof StateReader.Reading.State read
                ? Optional.of(read.version())
                : Optional.empty();
    }
}
