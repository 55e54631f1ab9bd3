package io.jenkins.plugins.ec2docker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where this machine keeps the AWS provider for Terraform, if anywhere: as {@code bin/test} says, or by the same pattern as it looks. */
final class ProviderMirror {

    private ProviderMirror() {}

    static Optional<Path> find() {
        List<Path> candidates = new ArrayList<>();
        String setting = System.getenv("EC2_DOCKER_PROVIDER_MIRROR");
        if (setting != null && !setting.isEmpty()) {
            candidates.add(Path.of(setting));
        }
        Path home = Path.of(System.getProperty("user.home"));
        candidates.add(home.resolve(".terraform.d/plugins"));
        candidates.add(home.resolve(".local/share/terraform/plugins"));
        candidates.add(Path.of("/usr/local/share/terraform/plugins"));
        candidates.add(Path.of("/usr/share/terraform/plugins"));
        candidates.addAll(children(Path.of("/opt")));
        return candidates.stream()
                .filter(directory -> Files.isDirectory(directory.resolve("registry.terraform.io/hashicorp/aws")))
                .findFirst();
    }

    private static List<Path> children(Path directory) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
