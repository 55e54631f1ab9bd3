package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.cli.option.RequestSource;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what a run would give Terraform. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Writes the blueprint, its variables and the bootstrap into a directory; touches no AWS.")
final class RenderCommand implements Callable<Integer> {

    @Mixin
    private RequestSource source;

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "Where to; created if it is missing, files are replaced.")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, BootstrapTooLargeException, IOException {
        RequestSource.Checked checked = source.read();
        // No deployment is made here, so its identity is one that says so.
        String identity = checked.request().name() + "-00000000";
        RenderedWorkspace.ofNew(checked.request(), checked.usersCsv(), identity, "render").files().writeTo(directory);
        spec.commandLine().getOut().println("Rendered into " + directory + ".");
        return ExitCode.DONE;
    }
}
