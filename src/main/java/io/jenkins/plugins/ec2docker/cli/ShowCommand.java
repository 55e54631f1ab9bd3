package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import io.jenkins.plugins.ec2docker.cli.output.OutputTable;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one deployment: what it is, its outputs and its runs. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a deployment: status, outputs and runs.")
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Mixin
    private StoreOption store;

    @Option(names = "--json", description = "Print the deployment as one document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Deployment deployment = store.find(name);
        if (json) {
            out.println(document(deployment));
            return ExitCode.DONE;
        }
        out.printf(Locale.ROOT, "%s (%s), blueprint %s in %s%n", deployment.name(), deployment.id(), deployment.blueprint(),
                deployment.region());
        out.printf(Locale.ROOT, "status   %s%n", deployment.status().text());
        out.printf(Locale.ROOT, "owner    %s%n", deployment.owner());
        out.printf(Locale.ROOT, "created  %s%n", deployment.created());
        out.printf(Locale.ROOT, "state    %s%n", store.store().s3(deployment).map(Object::toString).orElse("in the state directory"));
        out.printf(Locale.ROOT, "expires  %s%n", deployment.expires() == null ? "never" : deployment.expires());
        OutputTable.print(out, deployment.outputs());
        for (RunSummary run : deployment.runs()) {
            out.printf(Locale.ROOT, "run      %s  %s by %s: %s%n",
                    run.id(), run.purpose().text(), run.by(), run.status() == null ? "did not come to its end" : run.status());
        }
        return ExitCode.DONE;
    }

    private String document(Deployment deployment) throws IOException {
        Map<String, Object> document = JsonOutput.deployment(deployment);
        document.put("state", store.store().s3(deployment).map(Object::toString).orElse("directory"));
        return JsonOutput.text(document);
    }
}
