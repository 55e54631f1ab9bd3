package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.aws.AwsOwnedResources;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedResources;
import io.jenkins.plugins.ec2docker.aws.PriceList;
import io.jenkins.plugins.ec2docker.aws.Prices;
import io.jenkins.plugins.ec2docker.aws.ResourceTags;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.TaggedResources;
import io.jenkins.plugins.ec2docker.jenkins.run.SweepResult.Finding;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
import io.jenkins.plugins.ec2docker.provisioning.Identities;
import io.jenkins.plugins.ec2docker.provisioning.Sweep;
import io.jenkins.plugins.ec2docker.provisioning.SweepItem;
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
final class JenkinsSweep {

    private static final Logger LOGGER = Logger.getLogger(JenkinsSweep.class.getName());

    private final String who;
    private final Duration grace;
    private final Sweep.Act act;
    private final Clock clock;
    /** What AWS has, by place: jobs share places. */
    private final Map<String, List<OwnedResource>> found = new HashMap<>();
    /** By region, so that each price is asked for once. */
    private final Map<String, Prices> prices = new HashMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param grace what is younger, or whose deployment's last run began less long ago, is kept
     * @param act what is done with what is found
     */
    JenkinsSweep(String who, Duration grace, Sweep.Act act, Clock clock) {
        this.who = who;
        this.grace = grace;
        this.act = act;
        this.clock = clock;
    }

    SweepResult run() throws InterruptedException {
        for (SweepTarget target : SweepTarget.of(Registry.entries())) {
            try {
                sweep(target);
            } catch (AwsRefusal | IOException | RuntimeException e) {
                problems.add("Account " + target.account() + ", region " + target.region() + ", job " + target.job() + ": " + Failures.sentence(e));
            }
        }
        return new SweepResult(clock.instant(), who, act != Sweep.Act.LOOK, List.copyOf(findings.values()), problems);
    }

    private Prices prices(String region) {
        return prices.computeIfAbsent(region, each -> new PriceList(each, ControllerEnvironment.now()));
    }

    private void sweep(SweepTarget target) throws AwsRefusal, IOException, InterruptedException {
        DeploymentAccess access = DeploymentAccess.of(target.job(), target.by().name());
        DeploymentStore store = access.store();
        SessionCredentials keys = access
                .session(store.request(target.by().name(), target.by().appliedRun()), Identities.newRunId(clock.instant()), who, clock, secret -> {})
                .keys();
        OwnedResources aws = new AwsOwnedResources(AwsSettings.of(target.region(), ControllerEnvironment.now()));
        List<OwnedResource> there = found.get(target.place());
        if (there == null) {
            there = aws.find(keys);
            found.put(target.place(), there);
        }
        List<String> names = store.list().stream().map(Deployment::name).toList();
        try (ClaimedResources ours = new ClaimedResources(aws, target.job(), there, names)) {
            TaggedResources tags = ours.tagged(new ResourceTags(target.region(), ControllerEnvironment.now()));
            for (SweepItem item : new Sweep(store, ours, tags, prices(target.region()), who, clock, LOGGER::info).run(keys, grace, act)) {
                // What belongs to no region, such as a role, is found in each.
                String key = target.account() + "\n" + item.resource().kind() + "\n" + item.resource().id();
                boolean news = findings.putIfAbsent(key, new Finding(target.job(), target.account(), target.region(), item)) == null;
                if (news && item.outcome() != null) {
                    LOGGER.info(() -> "Sweep asked for by " + who + ": " + item.resource() + " of deployment " + item.resource().deployment()
                            + (item.adopted() ? " was taken over." : item.isRemoved() ? " was removed." : " was not removed: " + item.outcome()));
                }
            }
        }
    }
}
