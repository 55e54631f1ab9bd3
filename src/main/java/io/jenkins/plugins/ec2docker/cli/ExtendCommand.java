package io.jenkins.plugins.ec2docker.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.cli.option.EngineOptions;
import io.jenkins.plugins.ec2docker.cli.option.GuardrailsOption;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a deployment's end off. */
@Command(name = "extend", mixinStandardHelpOptions = true, description = "Puts a deployment's end off, as far as the guardrails allow.")
final class ExtendCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The deployment's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "BY", description = "By how much: 4h, 2d, 1h30m.")
    private String by;

    @Mixin
    private StoreOption store;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--guardrails", paramLabel = "FILE", description = "What administrators allow, as YAML. Default: everything.")
    @CheckForNull
    private Path guardrails;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        store.find(name);
        Duration length = DurationFormat.parse(by)
                .orElseThrow(() -> CommandFailure.invalid("\"" + by + "\" is no length of time; it looks like 4h, 2d or 1h30m."));
        try {
            Deployment extended =
                    engine.provisioner(store.store(), GuardrailsOption.read(guardrails), RunObserver.NONE).extend(name, length);
            spec.commandLine().getOut().println("Deployment \"" + name + "\" now ends at " + extended.expires() + ".");
            return ExitCode.DONE;
        } catch (Expiry.NotExtended e) {
            throw CommandFailure.refused(e.getMessage());
        }
    }
}
