package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggingApiCleanup;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.aws.pricing.Prices;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import io.jenkins.plugins.ec2docker.jenkins.credentials.DeploymentAccess;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.SweepResult.Finding;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.upkeep.sweep.OrphanedResource;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Sweeps every account and region in which this Jenkins has deployed something, with the credentials of the deployments there. Blocks. A place
 * that cannot be looked at is named, and the others are looked at.
 */
public final class ControllerSweep {

    private static final Logger LOGGER = Logger.getLogger(ControllerSweep.class.getName());

    private final String who;
    private final Duration grace;
    private final Sweep.Act act;
    private final Clock clock;
    /** What AWS has, by place: jobs share places. */
    private final Map<String, List<TaggedResource>> found = new HashMap<>();
    /** By region, so that each price is asked for once. */
    private final Map<String, Prices> prices = new HashMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param grace what is younger, or whose deployment's last run began less long ago, is kept
     * @param act what is done with what is found
     */
    public ControllerSweep(String who, Duration grace, Sweep.Act act, Clock clock) {
        this.who = who;
        this.grace = grace;
        this.act = act;
        this.clock = clock;
    }

    public SweepResult run() throws InterruptedException {
        for (SweepTarget target : SweepTarget.of(AllDeployments.entries())) {
            try {
                sweep(target);
            } catch (AwsException | IOException | RuntimeException e) {
                problems.add("Account " + target.account() + ", region " + target.region() + ", job " + target.job() + ": "
                        + ErrorMessage.sentence(e));
            }
        }
        return new SweepResult(clock.instant(), who, act != Sweep.Act.LOOK, List.copyOf(findings.values()), problems);
    }

    private Prices prices(String region) {
        return prices.computeIfAbsent(region, each -> new PriceList(each, ControllerEnvironment.now()));
    }

    private void sweep(SweepTarget target) throws AwsException, IOException, InterruptedException {
        DeploymentAccess access = DeploymentAccess.of(target.job(), target.by().name());
        DeploymentStore store = access.store();
        SessionCredentials keys = access
                .session(store.request(target.by().name(), target.by().lastApplied()), Ids.newRunId(clock.instant()), who, clock,
                        secret -> {})
                .keys();
        ResourceCleanup aws = new Ec2AndIamResources(AwsSettings.of(target.region(), ControllerEnvironment.now()));
        List<TaggedResource> there = found.get(target.place());
        if (there == null) {
            there = aws.find(keys);
            found.put(target.place(), there);
        }
        List<String> names = store.list().stream().map(Deployment::name).toList();
        try (ReservedResources ours = new ReservedResources(aws, target.job(), there, names)) {
            TaggedResources tags = ours.tagged(new TaggingApiCleanup(target.region(), ControllerEnvironment.now(), true));
            for (OrphanedResource item : new Sweep(store, ours, tags, prices(target.region()), who, clock, LOGGER::info).run(keys, grace,
                    act)) {
                // What belongs to no region, such as a role, is found in each.
                String key = target.account() + "\n" + item.resource().kind() + "\n" + item.resource().id();
                boolean news = findings.putIfAbsent(key, new Finding(target.job(), target.account(), target.region(), item)) == null;
                if (news && item.outcome() != null) {
                    LOGGER.info(
                            () -> "Sweep asked for by " + who + ": " + item.resource() + " of deployment " + item.resource().deployment()
                                    + (item.adopted() ? " was taken over."
                                            : item.isRemoved() ? " was removed." : " was not removed: " + item.outcome()));
                }
            }
        }
    }
}
