package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.HistoryPruning;
import io.jenkins.plugins.ec2docker.run.store.Retention;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes old history of a state directory. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Removes old runs, their states, and deployments that were destroyed long ago. What serves, what a rollback needs and the"
                + " latest state of each deployment stay. Changes nothing in AWS.")
final class PruneCommand implements Callable<Integer> {

    @Mixin
    private StoreOption store;

    @Option(names = "--keep-runs", paramLabel = "N",
            description = "How many of a deployment's latest runs are kept; 0: no limit. Default: 50.")
    private int runs = Retention.STANDARD.runs();

    @Option(
            names = "--keep-days",
            paramLabel = "N",
            description = "How many days runs and destroyed deployments are kept; 0: no limit. Default: 180.")
    private int days = Retention.STANDARD.days();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, CommandFailure {
        require("--keep-runs", runs);
        require("--keep-days", days);
        PrintWriter out = spec.commandLine().getOut();
        DeploymentStore deployments = store.store();
        HistoryPruning pruning = new HistoryPruning(deployments, new Retention(runs, days), System.getProperty("user.name"));
        Instant now = Instant.now();
        boolean nothing = true;
        for (String name : deployments.names()) {
            try {
                Optional<HistoryPruning.Removed> removed = pruning.of(name, now);
                removed.ifPresent(what -> out.println("Deployment \"" + name + "\": " + what + " was removed."));
                nothing &= removed.isEmpty();
            } catch (DeploymentLock.Held e) {
                out.println(e.getMessage() + " Nothing of it was removed.");
                nothing = false;
            }
        }
        if (nothing) {
            out.println("Nothing is old enough to be removed.");
        }
        return ExitCode.DONE;
    }

    private static void require(String option, int number) throws CommandFailure {
        if (number < 0) {
            throw CommandFailure.invalid(option + " " + number + ": must be a whole number of 0 or more, where 0 is no limit.");
        }
    }
}
