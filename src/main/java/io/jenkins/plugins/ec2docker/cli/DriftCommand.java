package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how AWS differs from what was applied. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = "Says how AWS differs from what was applied last; changes nothing. Exit code 4 where it does.")
final class DriftCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Mixin
    private StoreOption store;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--json", description = "Print the result as one document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (store.find(name).isGone()) {
            throw CommandFailure.invalid("Deployment \"" + name + "\" has nothing in AWS that could have drifted.");
        }
        DriftReport report = engine.provisioner(store.store(), Guardrails.UNRESTRICTED, RunObserver.NONE).drift(name);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("deployment", name);
            document.put("drifted", report.drifted());
            document.put("message", report.message());
            document.put("differences", report.drifts());
            spec.commandLine().getOut().println(JsonOutput.text(document));
        } else {
            report.drifts().forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("ec2-docker: " + report.message());
        return report.drifted() ? ExitCode.DRIFTED : ExitCode.DONE;
    }
}
