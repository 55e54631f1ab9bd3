package io.jenkins.plugins.ec2docker.terraform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a mirror of the AWS provider: where the setting says; where Terraform itself looks for one (developer.hashicorp.com/terraform/cli,
 * "Implied Local Mirror Directories"); where machine images tend to put one. Without any, providers are fetched from their registry.
 */
final class ProviderSearch {
    private static final String AWS = "registry.terraform.io/hashicorp/aws";
    private static final List<String> ROOTS = List.of("/opt");

    private final Map<String, String> environment;

    ProviderSearch(Map<String, String> environment) {
        this.environment = environment;
    }

    ProviderSource source(String setting) throws IOException {
        String asked = setting != null && !setting.isBlank() ? setting : environment.get("EC2_DOCKER_PROVIDER_MIRROR");
        if (asked != null && !asked.isBlank()) {
            Path directory = Path.of(asked.strip());
            return isMirror(directory) ? mirror(directory) : new ProviderSource.Cache(directory);
        }
        Optional<Path> found = candidates().stream().filter(ProviderSearch::isMirror).findFirst();
        return found.isPresent() ? mirror(found.get()) : new ProviderSource.Cache(home().resolve(".cache/ec2-docker/providers"));
    }

    private static ProviderSource mirror(Path directory) {
        return new ProviderSource.Mirror(directory, AWS);
    }

    private static boolean isMirror(Path directory) {
        return Files.isDirectory(directory.resolve(AWS));
    }

    private List<Path> candidates() throws IOException {
        List<Path> candidates = new ArrayList<>(List.of(home().resolve(".terraform.d/plugins")));
        String data = environment.get("XDG_DATA_HOME");
        candidates.add(data == null || data.isBlank() ? home().resolve(".local/share/terraform/plugins") : Path.of(data, "terraform/plugins"));
        candidates.add(Path.of("/usr/local/share/terraform/plugins"));
        candidates.add(Path.of("/usr/share/terraform/plugins"));
        for (String root : ROOTS) {
            below(Path.of(root), 2, candidates);
        }
        return candidates;
    }

    private static void below(Path directory, int levels, List<Path> found) throws IOException {
        if (levels == 0 || !Files.isReadable(directory)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path child : children) {
                found.add(child);
                below(child, levels - 1, found);
            }
        }
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }
}
