package io.jenkins.plugins.ec2docker.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An instance to boot, as far as a test can have one: a root directory of its own, in which the boot script really runs, as root, on the
 * machine's bash and tools, and with stand-ins for docker, the package managers and time. The script knows nothing of it.
 */
final class Box {
    private final Path directory;
    private final Path root;

    Box(Path directory, MetadataService imds) throws IOException {
        this.directory = directory;
        this.root = directory.resolve("root");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String name : List.of("docker", "apt-get", "systemctl", "sleep", "gpg", "curl")) {
            install("bin/" + name, bin.resolve(name));
        }
        Files.createSymbolicLink(bin.resolve("dnf"), Path.of("apt-get"));
        install("enter.sh", directory.resolve("enter.sh"));
        Files.createDirectories(root.resolve("stub/logs"));
        Files.createDirectories(root.resolve("etc"));
        distribution("ubuntu", "22.04");
        stub("imds-port", Integer.toString(imds.port()));
        stub("ids", "c1\n");
        looks("/web running 0 0 unless-stopped none");
        key("060A61C51B558A7F742B77AAC52FEB6B621E9F35");
    }

    Box distribution(String id, String version) throws IOException {
        Files.writeString(root.resolve("etc/os-release"), "NAME=\"A distribution\"\nID=" + id + "\nVERSION_ID=\"" + version + "\"\n");
        return this;
    }

    /** Docker and its Compose plugin are there from the beginning. */
    Box withDocker() throws IOException {
        return stub("compose", "");
    }

    /** What {@code docker inspect} says, one look after the other; the last one stays. */
    Box looks(String... looks) throws IOException {
        return series("looks", looks);
    }

    /** What {@code docker compose pull} fails with, one time after the other; an empty one is a success. */
    Box pullErrors(String... errors) throws IOException {
        return series("pull-errors", errors);
    }

    /** The key that Docker's server has, in gpg's words. */
    Box key(String fingerprint) throws IOException {
        return stub("key", "pub:-:4096:1:0:0:::-:::scESC:\nfpr:::::::::" + fingerprint
                + ":\nuid:-::::0::0::Docker:\nsub:-:4096:1:0:0::::::e:\nfpr:::::::::" + "0".repeat(40) + ":\n");
    }

    Box stub(String name, String text) throws IOException {
        Files.writeString(root.resolve("stub").resolve(name), text);
        return this;
    }

    private Box series(String name, String... texts) throws IOException {
        Path series = Files.createDirectories(root.resolve("stub").resolve(name));
        for (int i = 0; i < texts.length; i++) {
            Files.writeString(series.resolve(Integer.toString(i + 1)), texts[i].isEmpty() ? "" : texts[i] + "\n");
        }
        return this;
    }

    /** A file of the box, by its path there. */
    Path file(String path) {
        return root.resolve(path.substring(1));
    }

    /** The calls of all stand-ins that begin so. */
    List<String> calls(String beginning) throws IOException {
        try (Stream<String> lines = Files.lines(root.resolve("stub/calls"))) {
            return lines.filter(call -> call.startsWith(beginning)).toList();
        }
    }

    /** Runs the script to its end; a later boot finds what an earlier one left. */
    Boot boot(String script) throws IOException, InterruptedException {
        Path boot = root.resolve("boot.sh");
        Files.writeString(boot, script);
        boot.toFile().setExecutable(true);
        Path console = Files.createDirectories(root.resolve("dev")).resolve("console");
        Files.deleteIfExists(console);
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(namespace());
        command.addAll(List.of("/bin/bash", directory.resolve("enter.sh").toString(), root.toString(), directory.resolve("bin")
                .toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the boot did not end: " + Files.readString(output, StandardCharsets.ISO_8859_1));
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (!Files.exists(console)) {
            throw new AssertionError("the box did not start: " + text);
        }
        return new Boot(process.exitValue(), text, Files.readString(console, StandardCharsets.UTF_8));
    }

    /** Skips the test, said aloud, where this user may not make a box. */
    static void assumePossible() throws IOException, InterruptedException {
        namespace();
    }

    /** A mount namespace, and where the test is not root a user namespace in which it is. */
    private static List<String> namespace() throws IOException, InterruptedException {
        List<String> namespace = "root".equals(System.getProperty("user.name"))
                ? List.of("unshare", "--mount", "--propagation", "private")
                : List.of("unshare", "--user", "--map-root-user", "--mount", "--propagation", "private");
        List<String> probe = new ArrayList<>(namespace);
        probe.add("/bin/true");
        boolean allowed;
        try {
            allowed = new ProcessBuilder(probe).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            allowed = false;
        }
        assumeTrue(allowed, "SKIPPED, NOT PASSED: this user may not create a mount namespace (" + String.join(" ", namespace)
                + "), so the boot script was not run");
        return namespace;
    }

    private static void install(String resource, Path target) throws IOException {
        try (var in = Box.class.getResourceAsStream("box/" + resource)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        target.toFile().setExecutable(true);
    }

    /** How a boot ended. */
    record Boot(int exit, String output, String console) {
        List<String> closingLines(String runId) {
            return console.lines().filter(line -> line.matches("ec2-docker: (ready|failed: .*) \\(run " + runId + "\\)")).toList();
        }
    }
}
