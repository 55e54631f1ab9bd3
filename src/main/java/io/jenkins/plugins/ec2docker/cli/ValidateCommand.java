package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.RequestSource;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a request could be provisioned as far as can be told without AWS. */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Checks a request, its users file and its size; touches nothing.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private RequestSource source;

    @Option(names = "--json", description = "Print {\"valid\": …, \"violations\": […]}.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        source.read();
        out.println(json ? JsonOutput.text(JsonOutput.validation(List.of())) : "The request is valid.");
        return ExitCode.DONE;
    }
}
