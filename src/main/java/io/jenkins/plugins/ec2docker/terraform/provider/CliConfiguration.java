package io.jenkins.plugins.ec2docker.terraform.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;

/**
 * Terraform's CLI configuration file of a run, which stands in for the user's own: where providers come from, and no call home.
 *
 * @param text of the file
 */
public record CliConfiguration(String text) {
    /** Name of the file in the directory that it is written to. */
    public static final String FILE = "terraform.tfrc";

    /** @param source where providers come from */
    public static CliConfiguration of(ProviderSource source) {
        StringBuilder text = new StringBuilder("disable_checkpoint = true\nprovider_installation {\n");
        if (source instanceof ProviderSource.Mirror mirror) {
            String providers = mirror.providers().stream().map(CliConfiguration::quoted).collect(Collectors.joining(", ", "[", "]"));
            text.append("  filesystem_mirror {\n    path    = ").append(quoted(mirror.directory().toAbsolutePath().toString()))
                    .append("\n    include = ").append(providers)
                    .append("\n  }\n  direct {\n    exclude = ").append(providers).append("\n  }\n");
        } else {
            text.append("  direct {}\n");
        }
        return new CliConfiguration(text.append("}\n").toString());
    }

    /** @return the file, readable by its owner alone */
    public Path writeTo(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    /** As a string of HCL: a template sequence in a directory's name must stay text. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("${", "$${").replace("%{", "%%{") + '"';
    }
}
