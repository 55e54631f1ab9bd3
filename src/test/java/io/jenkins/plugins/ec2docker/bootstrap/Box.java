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

    /** From now on the containers are those of the Compose file, well unless their image stands in file {@code broken}. */
    Box live() throws IOException {
        return stub("live", "");
    }

    /** A pipe: what reads from it waits until somebody writes. */
    Path gate(String name) throws IOException, InterruptedException {
        Path gate = root.resolve("stub").resolve(name);
        new ProcessBuilder("mkfifo", gate.toString()).inheritIO().start().waitFor();
        return gate;
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
        Files.deleteIfExists(Files.createDirectories(root.resolve("dev")).resolve("console"));
        return run("boot", script);
    }

    /** Runs a line of {@code sh} to its end, as an agent of Systems Manager does. */
    Boot command(String name, String line) throws IOException, InterruptedException {
        return run(name, "#!/bin/sh\n" + line + "\n");
    }

    private Boot run(String name, String script) throws IOException, InterruptedException {
        Path file = root.resolve(name + ".sh");
        Files.writeString(file, script);
        file.toFile().setExecutable(true);
        Path console = Files.createDirectories(root.resolve("dev")).resolve("console");
        Path output = directory.resolve(name + ".output");
        Path errors = directory.resolve(name + ".errors");
        List<String> command = new ArrayList<>(namespace());
        command.addAll(List.of("/bin/bash", directory.resolve("enter.sh").toString(), root.toString(), directory.resolve("bin").toString(),
                "/" + file.getFileName()));
        Process process = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(name + " did not end: " + Files.readString(output, StandardCharsets.ISO_8859_1));
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        String complaints = Files.readString(errors, StandardCharsets.UTF_8);
        if (!Files.exists(console)) {
            throw new AssertionError("the box did not start: " + text + complaints);
        }
        return new Boot(process.exitValue(), text, complaints, Files.readString(console, StandardCharsets.UTF_8));
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
    record Boot(int exit, String output, String errors, String console) {
        List<String> closingLines(String runId) {
            return console.lines().filter(line -> line.matches("ec2-docker: (ready|failed: .*) \\(run " + runId + "\\)")).toList();
        }
    }
}
