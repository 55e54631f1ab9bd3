package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggingApiCleanup;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.cli.option.StoreOption;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.cli.output.ExitCode;
import io.jenkins.plugins.ec2docker.cli.output.JsonOutput;
import io.jenkins.plugins.ec2docker.policy.cost.MonthlyCost;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.upkeep.sweep.OrphanedResource;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds, and with {@code --destroy} removes or with {@code --adopt} takes over, what no deployment of a state directory knows although its runs made it. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = "Lists what runs of this state directory left in AWS and no deployment knows; with --destroy, removes it; with --adopt, lets deployments take it over.")
final class SweepCommand implements Callable<Integer> {

    @Option(names = "--region", required = true, paramLabel = "R", description = "The AWS region to look in.")
    private String region;

    @Mixin
    private StoreOption store;

    /** One of the two, or none to look only. */
    static final class What {
        @Option(names = "--destroy", description = "Remove what is old enough. Without it nothing is changed in AWS.")
        private boolean destroy;

        @Option(names = "--adopt",
                description = "Let deployments take over what an earlier state of theirs knew. Nothing is changed in AWS.")
        private boolean adopt;
    }

    @ArgGroup(exclusive = true)
    private What what = new What();

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "Keep what is younger, and what belongs to a deployment whose last run began less long ago. Default: ${DEFAULT-VALUE}.")
    private String olderThan;

    @Option(names = "--json", description = "Print a list.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    /** @param environment of this process */
    SweepCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        if (!AwsNamePatterns.REGION.test(region)) {
            throw CommandFailure.invalid("\"" + region + "\" is not the code of an AWS Region; for example eu-central-1.");
        }
        Duration grace = DurationFormat.parse(olderThan)
                .orElseThrow(() -> CommandFailure.invalid("\"" + olderThan + "\" is no length of time; it looks like 24h, 2d or 1h30m."));
        Sweep sweep = new Sweep(store.store(), new Ec2AndIamResources(AwsSettings.of(region, environment)),
                new TaggingApiCleanup(region, environment, true),
                new PriceList(region, environment), System.getProperty("user.name"), Clock.systemUTC(),
                sentence -> spec.commandLine().getErr().println(sentence));
        Sweep.Act act = what.destroy ? Sweep.Act.REMOVE : what.adopt ? Sweep.Act.ADOPT : Sweep.Act.LOOK;
        List<OrphanedResource> items = sweep.run(new EnvironmentCredentials(environment).find(), grace, act);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.text(items.stream().map(SweepCommand::document).toList()));
        } else {
            items.forEach(
                    item -> out.printf(Locale.ROOT, "%-18s  %-24s  %-24s  age %-8s  %-18s  %s%n", item.resource().kind().text(),
                            item.resource().id(),
                            item.resource().deployment(), item.age() == null ? "unknown" : age(item), MonthlyCost.text(item.hourlyCost()),
                            fate(item)));
        }
        out.flush();
        spec.commandLine().getErr().println("ec2-docker: " + summary(items, act));
        return act == Sweep.Act.REMOVE && items.stream().anyMatch(item -> item.kept() == null && !item.isRemoved()) ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private static String summary(List<OrphanedResource> items, Sweep.Act act) {
        if (items.isEmpty()) {
            return "Nothing is left over.";
        }
        return switch (act) {
            case REMOVE -> items.stream().filter(OrphanedResource::isRemoved).count() + " of " + items.size() + " removed.";
            case ADOPT -> items.stream().filter(OrphanedResource::adopted).count() + " of " + items.size()
                    + " taken over by their deployments. Give their last requests again, so that they are what was asked for.";
            case LOOK -> items.size() + " left over ("
                    + MonthlyCost.text(MonthlyCost.sum(items.stream().map(OrphanedResource::hourlyCost).toList())) + "), "
                    + items.stream().filter(OrphanedResource::isRemovable).count() + " of them to be removed by --destroy, "
                    + items.stream().filter(OrphanedResource::isAdoptable).count() + " to be taken over by --adopt. Nothing was changed.";
        };
    }

    private static Map<String, Object> document(OrphanedResource item) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", item.resource().kind().text());
        document.put("id", item.resource().id());
        document.put("deployment", item.resource().name());
        document.put("deploymentId", item.resource().deployment());
        document.put("detail", item.resource().detail());
        document.put("created", item.resource().created() == null ? null : item.resource().created().toString());
        document.put("ageSeconds", item.age() == null ? null : item.age().toSeconds());
        document.put("hourlyCostUsd", item.hourlyCost());
        document.put("kept", item.kept());
        document.put("knownByStateVersion", item.knownBy());
        document.put("removed", item.isRemoved());
        document.put("adopted", item.adopted());
        document.put("failure", item.outcome() == null || item.outcome().isEmpty() ? null : item.outcome());
        return document;
    }

    private static String age(OrphanedResource item) {
        return DurationFormat.format(Duration.ofMinutes(Math.max(0, item.age().toMinutes())));
    }

    private static String fate(OrphanedResource item) {
        if (item.outcome() == null) {
            return item.kept() != null ? "kept: " + item.kept() : "would be removed";
        }
        return item.adopted() ? "taken over" : item.isRemoved() ? "removed" : "NOT removed: " + item.outcome();
    }
}
