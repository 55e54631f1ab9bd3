package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.ProgressConsole;
import io.jenkins.plugins.ec2docker.cli.output.RunOutput;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes what a deployment has in AWS. */
@Command(
        name = "destroy",
        mixinStandardHelpOptions = true,
        description = "Removes everything that a deployment has in AWS; its history stays.")
final class DestroyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Mixin
    private StoreOption store;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--json", description = "Print the result as one document.")
    private boolean json;

    @Option(names = "--fail-if-missing", description = "Fail where there is no such deployment, rather than say so.")
    private boolean failIfMissing;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!failIfMissing && store.lookup(name).isEmpty()) {
            return new RunOutput(spec.commandLine(), json).printMissing(name, store.missing(name) + "; nothing was destroyed.");
        }
        store.find(name);
        RunReport report;
        try (ProgressConsole console = ProgressConsole.of(spec.commandLine())) {
            LocalEngine provisioner = engine.provisioner(store.store(), Guardrails.UNRESTRICTED, console);
            Interrupts.handleBy(provisioner::interrupt);
            report = provisioner.destroy(name);
        }
        return new RunOutput(spec.commandLine(), json).print(report);
    }
}
