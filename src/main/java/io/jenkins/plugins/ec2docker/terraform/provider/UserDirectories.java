package io.jenkins.plugins.ec2docker.terraform.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a user of this machine may keep providers, by Terraform's CLI documentation ("CLI configuration file", "Implied local mirrors"). */
final class UserDirectories {
    private static final Pattern MIRROR = Pattern.compile("filesystem_mirror\\s*\\{[^}]*?\\bpath\\s*=\\s*\"([^\"]+)\"");
    private static final Pattern PLUGIN_CACHE = Pattern.compile("(?m)^\\s*plugin_cache_dir\\s*=\\s*\"([^\"]+)\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)(#|//).*$");

    private final Map<String, String> environment;
    private final Path home;

    UserDirectories(Map<String, String> environment) {
        this.environment = environment;
        this.home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }

    /** This program's own. */
    Path cache() {
        return set("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("ec2-docker");
    }

    Optional<Path> cliConfiguration() {
        Path file = set("TF_CLI_CONFIG_FILE").or(() -> set("TERRAFORM_CONFIG")).orElse(home.resolve(".terraformrc"));
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    List<Path> providerDirectories() throws IOException {
        List<Path> directories = new ArrayList<>();
        Optional<Path> configuration = cliConfiguration();
        if (configuration.isPresent()) {
            String text = COMMENT.matcher(text(configuration.get())).replaceAll("");
            addAll(directories, MIRROR.matcher(text));
            addAll(directories, PLUGIN_CACHE.matcher(text));
        }
        set("TF_PLUGIN_CACHE_DIR").ifPresent(directories::add);
        directories.add(home.resolve(".terraform.d").resolve("plugins"));
        if (ProviderLockFile.platform().startsWith("darwin")) {
            directories.add(home.resolve("Library/Application Support/io.terraform/plugins"));
            directories.add(Path.of("/Library/Application Support/io.terraform/plugins"));
        } else {
            directories.add(set("XDG_DATA_HOME").orElse(home.resolve(".local/share")).resolve("terraform/plugins"));
            for (String shared : environment.getOrDefault("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")) {
                if (!shared.isBlank()) {
                    directories.add(Path.of(shared, "terraform/plugins"));
                }
            }
        }
        below(Path.of("/opt"), 2, directories);
        return directories;
    }

    /** What is not UTF-8 in it, such as a comment, names no directory that is of use. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Where machines prepared for work without a network keep software and its data: Filesystem Hierarchy Standard 3.0, section 3.13. */
    private static void below(Path directory, int levels, List<Path> found) throws IOException {
        if (levels == 0 || !Files.isDirectory(directory) || !Files.isReadable(directory)) {
            return;
        }
        List<Path> children;
        try (Stream<Path> files = Files.list(directory)) {
            children = files.filter(Files::isDirectory).sorted().toList();
        }
        for (Path child : children) {
            found.add(child);
            below(child, levels - 1, found);
        }
    }

    private void addAll(List<Path> directories, Matcher matcher) {
        while (matcher.find()) {
            // Terraform itself replaces environment variables in plugin_cache_dir.
            directories.add(Path.of(
                    matcher.group(1).replace("$HOME", home.toString()).replaceFirst("^~(?=/)", Matcher.quoteReplacement(home.toString()))));
        }
    }

    private Optional<Path> set(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()).map(Path::of);
    }
}
