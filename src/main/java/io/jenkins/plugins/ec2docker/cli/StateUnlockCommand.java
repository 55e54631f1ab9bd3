package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.SentenceConsole;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives free what a dead Terraform left locked in S3. */
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = "Gives a lock on a deployment's state in S3 free whose holder is dead. The message that tells of a lock names its id.")
final class StateUnlockCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "LOCK", description = "The lock's id.")
    private String lock;

    @Mixin
    private StoreOption store;

    @Mixin
    private EngineOptions engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        store.find(name);
        SentenceConsole console = new SentenceConsole(spec.commandLine());
        try {
            engine.provisioner(store.store(), Guardrails.UNRESTRICTED, console).unlockState(name, lock);
            console.note("The state of deployment \"" + name + "\" is not locked any more.");
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(e.getMessage());
        }
    }
}
