package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.output.Complaint;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /** @param args as {@code bin/ec2-docker --help} explains */
    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        Interrupts.leave(exitCode);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Ec2DockerCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, arguments) -> Complaint.of(failure).tell(command))
                .setExitCodeExceptionMapper(
                        failure -> failure instanceof CommandLine.ParameterException ? ExitCode.INVALID : ExitCode.FAILED);
    }
}
