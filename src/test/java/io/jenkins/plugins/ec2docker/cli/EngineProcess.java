package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.testing.WorkingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line in a JVM of its own, as a person starts it. */
public final class EngineProcess {

    private final Process process;
    private final BufferedReader err;
    private final List<String> lines = new ArrayList<>();

    private EngineProcess(Process process) {
        this.process = process;
        this.err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    public static EngineProcess start(Map<String, String> environment, String... arguments) throws IOException {
        return startBy(List.of(), environment, arguments);
    }

    /** @param by a command that becomes the one that it is given as its last arguments */
    public static EngineProcess startBy(List<String> by, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(
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
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).inheritIO().start().waitFor();
    }

    /** As a power cut does to it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public long pid() {
        return process.pid();
    }

    /** @return the exit code */
    public int end() throws IOException, InterruptedException {
        says("\0 never said");
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the engine closed its output but did not end");
        }
        return process.exitValue();
    }

    /** All that it said on standard error so far. */
    public String said() {
        return String.join("\n", lines);
    }

    /** The command lines of the processes on this machine that work in, or on, a directory. */
    static List<String> working(Path directory) {
        return WorkingProcess.in(directory).stream().map(WorkingProcess::commandLine).toList();
    }

    /** A power cut for all of them. */
    static void killAllWorking(Path directory) {
        List<ProcessHandle> killed =
                WorkingProcess.in(directory).stream().flatMap(each -> ProcessHandle.of(each.pid()).stream()).toList();
        killed.forEach(ProcessHandle::destroyForcibly);
        killed.forEach(process -> process.onExit().join());
    }
}
