package io.jenkins.plugins.ec2docker.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.RequestSource;
import io.jenkins.plugins.ec2docker.cli.output.ProgressConsole;
import io.jenkins.plugins.ec2docker.cli.output.RunOutput;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what provisioning would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Says what provision would do, and changes nothing. Without --state-dir, as if nothing were there yet.")
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private RequestSource source;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Where deployments and their state are kept.")
    @CheckForNull
    private Path stateDirectory;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--json", description = "Print the result as one document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RequestSource.Checked checked = source.read();
        Path directory = stateDirectory != null ? stateDirectory : Files.createTempDirectory("ec2-docker-plan-");
        RunReport report;
        try (ProgressConsole console = ProgressConsole.of(spec.commandLine())) {
            LocalEngine provisioner =
                    engine.provisioner(new DeploymentStore(directory, Encryption.NONE), checked.guardrails(), console);
            Interrupts.handleBy(provisioner::interrupt);
            report = provisioner.plan(checked.request(), checked.usersCsv());
        } finally {
            if (stateDirectory == null) {
                DirectoryTree.delete(directory);
            }
        }
        return new RunOutput(spec.commandLine(), json).print(report);
    }
}
