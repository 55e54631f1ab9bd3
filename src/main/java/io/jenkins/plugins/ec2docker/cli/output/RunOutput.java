package io.jenkins.plugins.ec2docker.cli.output;

import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** Prints what came of a run: the result on standard output, what went wrong on standard error. */
public final class RunOutput {

    private final CommandLine command;
    private final boolean json;

    public RunOutput(CommandLine command, boolean json) {
        this.command = command;
        this.json = json;
    }

    /** @return the exit code that stands for the result */
    public int print(RunReport report) {
        PrintWriter out = command.getOut();
        if (json) {
            out.println(JsonOutput.text(JsonOutput.run(report)));
        } else if (report.result().succeeded()) {
            if (report.run().purpose() == Purpose.PLAN) {
                report.run().plan().ifPresent(plan -> print(out, plan));
            } else {
                OutputTable.print(out, report.deployment().outputs());
            }
        }
        out.flush();
        command.getErr().println("ec2-docker: " + report.result().message());
        command.getErr().flush();
        return ExitCode.of(report.result().status());
    }

    /** Prints that there was nothing to destroy, as the result of a run that succeeded. */
    public int printMissing(String deployment, String message) {
        if (json) {
            command.getOut().println(JsonOutput.text(JsonOutput.missing(deployment, message)));
            command.getOut().flush();
        }
        command.getErr().println("ec2-docker: " + message);
        command.getErr().flush();
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, PlanSummary plan) {
        plan.resources().forEach(resource -> out.printf(Locale.ROOT, "%-8s %s%n", JsonOutput.word(resource.action()), resource.address()));
        out.printf(Locale.ROOT, "%d to add, %d to change, %d to replace, %d to destroy%n", plan.add(), plan.change(), plan.replace(),
                plan.destroy());
    }
}
