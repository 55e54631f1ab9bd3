package io.jenkins.plugins.ec2docker.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line in a JVM of its own, as a person starts it. */
final class EngineProcess {

    private final Process process;
    private final BufferedReader err;
    private final List<String> lines = new ArrayList<>();

    private EngineProcess(Process process) {
        this.process = process;
        this.err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    static EngineProcess start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return new EngineProcess(builder.start());
    }

    /** Reads on until a line of standard error holds the text, in which * stands for any; false if the process ended without one. */
    boolean says(String text) throws IOException {
        Pattern pattern = Pattern.compile(Stream.of(text.split("\\*")).map(Pattern::quote).collect(Collectors.joining(".*")));
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            lines.add(line);
            if (pattern.matcher(line).find()) {
                return true;
            }
        }
        return false;
    }

    /** As Ctrl-C does, but to the engine alone: a terminal's reaches the whole group, which Terraform is not in. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).inheritIO().start().waitFor();
    }

    /** As a power cut does to it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** @return the exit code */
    int end() throws IOException, InterruptedException {
        says("\0 never said");
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the engine closed its output but did not end");
        }
        return process.exitValue();
    }

    /** All that it said on standard error so far. */
    String said() {
        return String.join("\n", lines);
    }

    /** The processes on this machine that work in, or on, a directory, as their command lines. */
    static List<String> working(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        visit(directory, (process, commandLine) -> found.add(commandLine));
        return found;
    }

    /** A power cut for all of them. */
    static void killAllWorking(Path directory) throws IOException {
        List<ProcessHandle> killed = new ArrayList<>();
        visit(directory, (process, commandLine) -> {
            process.destroyForcibly();
            killed.add(process);
        });
        killed.forEach(process -> process.onExit().join());
    }

    private static void visit(Path directory, BiConsumer<ProcessHandle, String> visitor) throws IOException {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            for (ProcessHandle each : processes.toList()) {
                Path proc = Path.of("/proc", String.valueOf(each.pid()));
                try {
                    String commandLine = Files.readString(proc.resolve("cmdline")).replace('\0', ' ');
                    String workingDirectory = Files.readSymbolicLink(proc.resolve("cwd")).toString();
                    if (commandLine.contains(directory.toString()) || workingDirectory.startsWith(directory.toString())) {
                        visitor.accept(each, commandLine);
                    }
                } catch (IOException e) {
                    // It ended meanwhile.
                }
            }
        }
    }
}
