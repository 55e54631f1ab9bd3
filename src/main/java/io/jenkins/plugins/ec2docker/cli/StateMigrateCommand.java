package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.StateBackendOption;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.SentenceConsole;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves a deployment's state from the state directory to S3, back, or to another bucket. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Moves a deployment's state between the state directory and S3. Changes nothing in AWS but the state's object.")
final class StateMigrateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "WHERE",
            description = "\"directory\", or s3://BUCKET/PREFIX?region=REGION, with &kms-key=KEY and &lock-table=TABLE if need be.")
    private String where;

    @Mixin
    private StoreOption store;

    @Mixin
    private EngineOptions engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        S3BackendSetting target = StateBackendOption.parse(where);
        store.find(name);
        SentenceConsole console = new SentenceConsole(spec.commandLine());
        try {
            boolean moved = engine.provisioner(store.store(), Guardrails.UNRESTRICTED, console).moveState(name, target);
            if (!moved) {
                console.note("The state of deployment \"" + name + "\" is there already.");
            }
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(e.getMessage());
        }
    }
}
