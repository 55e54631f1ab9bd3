package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.output.Complaint;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /** @param args as {@code bin/ec2-docker --help} explains */
    public static void main(String[] args) {
        int exitCode = run(commandLine(System.getenv()), args);
        Interrupts.leave(exitCode);
    }

    /** Carries a command out and sees to it that its result was written: a full disk or a closed pipe is an error. */
    static int run(CommandLine command, String... args) {
        int exitCode = command.execute(args);
        Interrupts.stopHandling();
        if (!command.getOut().checkError()) {
            return exitCode;
        }
        command.getErr().println("ec2-docker: The result could not be written to standard output, which is full or closed.");
        command.getErr().flush();
        return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
    }

    /** @param environment of this process */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine command = new CommandLine(new Ec2DockerCommand(), new Parts(environment));
        // Over the stream itself, whose errors the writer then tells.
        return command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, failed, parsed) -> Complaint.of(failure)
                        .tell(failed, parsed.originalArgs().contains(Complaint.JSON)))
                .setParameterExceptionHandler(Main::misused);
    }

    private static int misused(CommandLine.ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        int exitCode = Complaint.misuse(misuse.getMessage()).tell(command, List.of(args).contains(Complaint.JSON));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(misuse, command.getErr())) {
            command.usage(command.getErr());
        }
        return exitCode;
    }

    /** What is made of the environment. */
    private record Parts(Map<String, String> environment) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == EngineOptions.class ? type.cast(new EngineOptions(environment))
                    : type == SweepCommand.class ? type.cast(new SweepCommand(environment))
                            : CommandLine.defaultFactory().create(type);
        }
    }
}
