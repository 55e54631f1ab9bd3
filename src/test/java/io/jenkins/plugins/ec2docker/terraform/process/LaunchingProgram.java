package io.jenkins.plugins.ec2docker.terraform.process;

import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.events.EventTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM of its own that launches a command with its own environment and tells of each event, until it is killed: a controller that dies. */
final class LaunchingProgram {
    private LaunchingProgram() {}

    /** Arguments: run directory, working directory, command. Prints a line for each event: the offset after it, then the event. */
    public static void main(String[] arguments) throws Exception {
        List<String> command = List.of(arguments).subList(2, arguments.length);
        TerraformProcess process = DetachedLauncher.start(Path.of(arguments[0]), Path.of(arguments[1]), command, System.getenv());
        EventTail tail = process.events(0);
        process.follow(tail, event -> System.out.println(tail.offset() + " " + event), Duration.ofMinutes(2));
    }

    static ProcessBuilder in(Sandbox sandbox, Path run, List<String> before) {
        ProcessBuilder builder = new ProcessBuilder(new java.util.ArrayList<>(before));
        builder.command().addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                LaunchingProgram.class.getName(), run.toString(), sandbox.directory.toString()));
        builder.command().addAll(TerraformCommand.apply().with(sandbox.terraform));
        builder.environment().clear();
        builder.environment().putAll(sandbox.environment());
        return builder.redirectErrorStream(true);
    }
}
