package io.jenkins.plugins.ec2docker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
        name = "ec2-docker",
        mixinStandardHelpOptions = true,
        version = "ec2-docker 999999-SNAPSHOT",
        description = "Turns a request into containers running on EC2, with the bundled Terraform.",
        subcommands = {
            ValidateCommand.class,
            RenderCommand.class,
            PlanCommand.class,
            ProvisionCommand.class,
            RollbackCommand.class,
            DestroyCommand.class,
            ShowCommand.class,
            HistoryCommand.class,
            StateCommand.class,
            ListCommand.class,
            DriftCommand.class,
            ExtendCommand.class,
            SweepCommand.class,
            PruneCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 the run failed, 2 invalid request or usage, 3 refused by the guardrails, 4 drifted,"
                    + " 130 interrupted.",
            "AWS credentials and settings come from where the AWS tools take them: environment, profile, AWS_ENDPOINT_URL."
        })
final class Ec2DockerCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: a subcommand is missing.");
    }
}
