package io.jenkins.plugins.ec2docker.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.run.state.StateRestoration;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.StateSummary;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, hands out and brings back the states that a deployment has had, and says where it is. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = "Lists, hands out and brings back the states a deployment has had; moves its state, and gives a lock on it free.",
        subcommands = {StateMigrateCommand.class, StateUnlockCommand.class})
final class StateCommand implements Runnable {

    private static final String ROW = "%7s  %-25s  %6s  %9s  %9s  %-20s  %s%n";
    /** How long a Terraform that a killed run left may take to save. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with states: list, get, restore, migrate or unlock.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists a deployment's state versions, oldest first.")
    int list(
            @Parameters(paramLabel = "NAME", description = "The deployment's name.") String name,
            @Mixin StoreOption store,
            @Option(names = "--json", description = "Print a list of versions.") boolean json)
            throws CommandFailure, IOException {
        store.find(name);
        StateVersions versions = store.store().states(name);
        List<StateSummary> found = new ArrayList<>();
        for (StateVersions.Version version : versions.list()) {
            found.add(StateSummary.of(versions, version));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.text(found.stream().map(JsonOutput::state).toList()));
        } else if (found.isEmpty()) {
            out.println("No state.");
        } else {
            out.printf(Locale.ROOT, ROW, "VERSION", "RUN", "SERIAL", "BYTES", "RESOURCES", "KEPT", "");
            found.forEach(each -> out.printf(Locale.ROOT, ROW, each.number(), each.runId(), each.serial() == null ? "?" : each.serial(),
                    each.bytes(),
                    each.resources() == null ? "?" : each.resources(), each.written().toString().replaceAll("\\.\\d+", ""),
                    each.restored() == null ? "" : "version " + each.restored() + " brought back"));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Prints a state version, or writes it to a file that its owner alone can read. It may hold secrets.")
    int get(
            @Parameters(index = "0", paramLabel = "NAME", description = "The deployment's name.") String name,
            @Parameters(index = "1", paramLabel = "VERSION", description = "Its number, as \"state list\" shows it.") int number,
            @Mixin StoreOption store,
            @CheckForNull
            @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: standard output.") Path file)
            throws CommandFailure, IOException {
        store.find(name);
        StateVersions versions = store.store().states(name);
        byte[] state = versions.read(versions.find(number)
                .orElseThrow(() -> CommandFailure.invalid("Deployment \"" + name + "\" has no state version " + number + ".")));
        if (file == null) {
            spec.commandLine().getOut().print(new String(state, StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        } else {
            AtomicFile.write(replaceable(file.toAbsolutePath()), state);
        }
        return ExitCode.DONE;
    }

    /** The file itself where a link leads to one; never a device, a pipe or a directory, in whose place a file would be put. */
    private static Path replaceable(Path file) throws CommandFailure, IOException {
        if (Files.isRegularFile(file)) {
            return file.toRealPath();
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandFailure.invalid("--out " + file + " is not a regular file and is not replaced; name another file, or leave it out"
                    + " for standard output.");
        }
        return file;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Makes an earlier state version the latest, which the next run works with. Changes nothing in AWS; all versions stay.")
    int restore(
            @Parameters(index = "0", paramLabel = "NAME", description = "The deployment's name.") String name,
            @Parameters(index = "1", paramLabel = "VERSION", description = "Its number, as \"state list\" shows it.") int number,
            @Mixin StoreOption store)
            throws CommandFailure, IOException, InterruptedException, DeploymentLock.Held {
        store.find(name);
        try {
            StateVersions.Version latest = new StateRestoration(
                    store.store(), GRACE, System.getProperty("user.name"), Clock.systemUTC(), spec.commandLine().getErr()::println)
                    .of(name, number);
            spec.commandLine().getOut().println("State version " + number + " of deployment \"" + name + "\" is now its latest, version "
                    + latest.number() + ". What differs in AWS is shown by \"ec2-docker drift " + name + "\".");
            return ExitCode.DONE;
        } catch (StateRestoration.NotRestored e) {
            throw CommandFailure.invalid(e.getMessage());
        }
    }
}
