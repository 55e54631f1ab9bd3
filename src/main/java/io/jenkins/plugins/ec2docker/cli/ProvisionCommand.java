package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.RequestSource;
import io.jenkins.plugins.ec2docker.cli.option.StateBackendOption;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.ProgressConsole;
import io.jenkins.plugins.ec2docker.cli.output.RunOutput;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a deployment to a request. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = "Creates the deployment that a request names, or brings it to the request.")
final class ProvisionCommand implements Callable<Integer> {

    @Mixin
    private RequestSource source;

    @Mixin
    private StoreOption store;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StateBackendOption backend;

    @Option(names = "--json", description = "Print the result as one document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RequestSource.Checked checked = source.read();
        StateBackendSetting state = backend.read();
        RunReport report;
        try (ProgressConsole console = ProgressConsole.of(spec.commandLine())) {
            LocalEngine provisioner = engine.provisioner(store.store(), checked.guardrails(), console, state);
            Interrupts.handleBy(provisioner::interrupt);
            report = provisioner.provision(checked.request(), checked.usersCsv());
        }
        return new RunOutput(spec.commandLine(), json).print(report);
    }
}
