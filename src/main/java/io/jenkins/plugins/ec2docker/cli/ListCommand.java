package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists deployments, a line each. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the deployments of a state directory, destroyed ones too.")
final class ListCommand implements Callable<Integer> {

    private static final String ROW = "%-32s  %-10s  %-14s  %-16s  %-20s  %s%n";

    @Mixin
    private StoreOption store;

    @Option(names = "--json", description = "Print a list of deployments.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Deployment> deployments = store.store().list();
        if (json) {
            out.println(JsonOutput.text(deployments.stream().map(JsonOutput::deployment).toList()));
        } else if (deployments.isEmpty()) {
            out.println("No deployments.");
        } else {
            out.printf(Locale.ROOT, ROW, "NAME", "STATUS", "REGION", "PUBLIC IP", "UPDATED", "EXPIRES");
            for (Deployment each : deployments) {
                out.printf(Locale.ROOT, ROW,
                        each.name(),
                        each.status().text(),
                        each.region(),
                        Optional.ofNullable(each.outputs().getOrDefault("public_ip", each.outputs().get("load_balancer_dns")))
                                .map(ip -> ip.asText()).orElse("-"),
                        each.updated().toString().replaceAll("\\.\\d+", ""),
                        each.expires() == null ? "-" : each.expires().toString().replaceAll("\\.\\d+", ""));
            }
        }
        return ExitCode.DONE;
    }
}
