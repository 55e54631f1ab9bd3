package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the runs of a deployment, a line each, and which of them one can come back to. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Lists a deployment's runs, oldest first. Good are those that \"rollback\" can come back to; * marks the one that serves.")
final class HistoryCommand implements Callable<Integer> {

    private static final String ROW = "%-1s %-25s  %-9s  %-12s  %-4s  %-20s  %s%n";

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Mixin
    private StoreOption store;

    @Option(names = "--json", description = "Print a list of runs.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Deployment deployment = store.find(name);
        if (json) {
            out.println(JsonOutput.text(JsonOutput.history(deployment)));
            return ExitCode.DONE;
        }
        out.printf(Locale.ROOT, ROW, "", "RUN", "PURPOSE", "STATUS", "GOOD", "STARTED", "BY");
        for (RunSummary run : deployment.runs()) {
            out.printf(Locale.ROOT, ROW,
                    deployment.isServedBy(run) ? "*" : "",
                    run.id(),
                    run.purpose().text(),
                    run.status() == null ? "no end" : run.status(),
                    run.isGood() ? "yes" : "no",
                    run.started().toString().replaceAll("\\.\\d+", ""),
                    run.by() + (run.backTo() == null ? "" : ", back to " + run.backTo()));
        }
        return ExitCode.DONE;
    }
}
