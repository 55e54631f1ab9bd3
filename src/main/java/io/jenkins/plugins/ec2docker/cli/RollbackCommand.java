package io.jenkins.plugins.ec2docker.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.GuardrailsOption;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ProgressConsole;
import io.jenkins.plugins.ec2docker.cli.output.RunOutput;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.run.model.RollbackTarget;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a deployment back to a request that it has had before. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Brings a deployment back to the request and users file of an earlier good run; \"history\" lists them.")
final class RollbackCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Option(
            names = "--to",
            paramLabel = "RUN",
            description = "The run to go back to. Default: the last good one whose request differs from the present one.")
    @CheckForNull
    private String run;

    @Mixin
    private StoreOption store;

    @Mixin
    private GuardrailsOption allowed;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--json", description = "Print the result as one document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            RollbackTarget.target(store.find(name), run);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(e.getMessage());
        }
        RunReport report;
        try (ProgressConsole console = ProgressConsole.of(spec.commandLine())) {
            LocalEngine provisioner = engine.provisioner(store.store(), allowed.read(), console);
            Interrupts.handleBy(provisioner::interrupt);
            report = provisioner.rollback(name, run);
        }
        return new RunOutput(spec.commandLine(), json).print(report);
    }
}
