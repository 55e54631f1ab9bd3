package io.jenkins.plugins.ec2docker.terraform.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real inits of a provider that comes packed, as it does from a registry. The provider is a stand-in of a few bytes: {@code init} checks and
 * unpacks providers but does not run them.
 */
class ProviderCacheTest {
    @TempDir
    Path temporary;

    private Path blueprint;
    private Path upstream;
    private TerraformBinary terraform;

    @BeforeEach
    void packed_provider_and_blueprint() throws Exception {
        terraform = TerraformBinary.find(null, System.getenv());
        blueprint = Files.createDirectory(temporary.resolve("blueprint"));
        Path mirror = Files.createDirectories(temporary.resolve("upstream"));
        ProviderLockFile.Provider tiny = new ProviderLockFile.Provider("registry.example.com/test/tiny", "1.2.3");
        Path packed = mirror.resolve(tiny.packed());
        Files.createDirectories(packed.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
            ZipEntry entry = new ZipEntry("terraform-provider-tiny_v1.2.3");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write("#!/bin/sh\n".repeat(200_000).getBytes());
        }
        Files.writeString(blueprint.resolve("main.tf"), """
                terraform {
                  required_providers {
                    tiny = {
                      source  = "registry.example.com/test/tiny"
                      version = "1.2.3"
                    }
                  }
                }
                """);
        upstream = Files.writeString(temporary.resolve("user.tfrc"),
                CliConfiguration.of(new ProviderSource.Mirror(mirror, List.of(tiny.address()))).text());
        init(upstream, temporary.resolve("first-data"), "init", "-input=false");
        assertThat(blueprint.resolve(".terraform.lock.hcl")).content().contains("1.2.3");
    }

    @Test
    void becomes_a_mirror_that_init_reads() throws Exception {
        ProviderSource.Mirror mirror = ProviderCache.fill(cache(), blueprint, terraform, System.getenv());

        assertThat(mirror.providers()).containsExactly("registry.example.com/test/tiny");
        assertThat(initFrom(mirror, "a")).isZero();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void processes_that_fill_it_at_once_all_get_a_whole_mirror() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(filling().start());
        }
        ProviderSource.Mirror mirror = ProviderCache.fill(cache(), blueprint, terraform, System.getenv());
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> output(process)).isZero();
        }
        assertThat(initFrom(mirror, "a")).isZero();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_filling_that_was_killed_harms_no_later_one() throws Exception {
        Process process = filling().start();
        while (leftovers().isEmpty() && process.isAlive()) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();

        assertThat(initFrom(ProviderCache.fill(cache(), blueprint, terraform, System.getenv()), "a")).isZero();
    }

    @Test
    void what_a_killed_filling_left_is_removed_a_day_later() throws Exception {
        Path left = Files.createDirectories(cache().directory().resolve(".filling-1/data/providers"));
        Files.setLastModifiedTime(left.getParent().getParent(), FileTime.from(Instant.now().minusSeconds(2 * 24 * 3600)));

        ProviderCache.fill(cache(), blueprint, terraform, System.getenv());

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_full_one_asks_no_one() throws Exception {
        ProviderCache.fill(cache(), blueprint, terraform, System.getenv());
        Files.delete(upstream);

        assertThat(initFrom(ProviderCache.fill(cache(), blueprint, terraform, System.getenv()), "a")).isZero();
    }

    @Test
    void a_provider_that_cannot_be_had_is_told_with_terraforms_reason() throws Exception {
        Files.writeString(blueprint.resolve(".terraform.lock.hcl"),
                Files.readString(blueprint.resolve(".terraform.lock.hcl")).replaceAll("h1:[^\"]*",
                        "h1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa="));

        assertThatThrownBy(() -> ProviderCache.fill(cache(), blueprint, terraform, System.getenv()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Terraform could not get its providers. Error: ")
                .hasMessageContaining("checksum");
        assertThat(leftovers()).isEmpty();
    }

    private ProviderSource.Cache cache() {
        return new ProviderSource.Cache(temporary.resolve("cache"), upstream);
    }

    /** Arguments: cache directory, user's configuration, blueprint. */
    static final class Filling {
        private Filling() {}

        public static void main(String[] arguments) throws Exception {
            ProviderCache.fill(new ProviderSource.Cache(Path.of(arguments[0]), Path.of(arguments[1])), Path.of(arguments[2]),
                    TerraformBinary.find(null, System.getenv()), System.getenv());
        }
    }

    private ProcessBuilder filling() {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"),
                Filling.class.getName(), cache().directory().toString(), upstream.toString(), blueprint.toString())
                .redirectErrorStream(true);
    }

    private int initFrom(ProviderSource.Mirror mirror, String name) throws Exception {
        Path configuration = CliConfiguration.of(mirror).writeTo(Files.createDirectory(temporary.resolve(name)));
        return init(configuration, temporary.resolve(name).resolve("data"), TerraformCommand.init().arguments().toArray(new String[0]));
    }

    private int init(Path configuration, Path data, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(terraform.path().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(blueprint.toFile()).redirectErrorStream(true);
        builder.environment().putAll(TerraformEnvironment.of(System.getenv(), configuration, data, Map.of()));
        Process process = builder.start();
        String output = output(process);
        int code = process.waitFor();
        assertThat(code).as(output).isZero();
        return code;
    }

    private List<Path> leftovers() throws IOException {
        if (Files.notExists(cache().directory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache().directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".filling")).toList();
        }
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
