package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedResources;
import io.jenkins.plugins.ec2docker.aws.Prices;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.request.DurationText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds what runs of this store have left in AWS without any deployment knowing it, and removes it if asked to.
 *
 * <p>What must hold: nothing is looked at that does not carry the product's tags; nothing is removed that another installation made, that the
 * latest state of a deployment knows, whose deployment is being worked on, or that is younger than the grace time. The lock of the deployment
 * is held while its leavings are judged and removed, so no run can begin on it meanwhile.
 */
public final class Sweep {

    /** How long a Terraform that outlived its engine may take to save its state. */
    private static final Duration TERRAFORM = Duration.ofMinutes(10);

    private final DeploymentStore store;
    private final OwnedResources aws;
    private final Prices prices;
    private final String who;
    private final Clock clock;
    private final Consumer<String> notes;
    private boolean priced = true;

    /** @param notes is told sentences for people */
    public Sweep(DeploymentStore store, OwnedResources aws, Prices prices, String who, Clock clock, Consumer<String> notes) {
        this.store = store;
        this.aws = aws;
        this.prices = prices;
        this.who = who;
        this.clock = clock;
        this.notes = notes;
    }

    /**
     * @param grace what is younger, or whose deployment's last run began less long ago, is kept
     * @param destroy whether to remove; otherwise it is only said what would be
     * @return all that no deployment knows, in the order in which it goes
     * @throws AwsRefusal if AWS cannot be asked what there is
     * @throws IOException if the store cannot be read; then nothing more is removed
     */
    public List<SweepItem> run(SessionCredentials keys, Duration grace, boolean destroy) throws AwsRefusal, IOException, InterruptedException {
        Ownership ownership = new Ownership(store);
        Map<String, List<OwnedResource>> ours = new TreeMap<>();
        for (OwnedResource resource : aws.find(keys)) {
            if (ownership.maker(resource).isPresent()) {
                ours.computeIfAbsent(resource.name(), name -> new ArrayList<>()).add(resource);
            }
        }
        List<SweepItem> items = new ArrayList<>();
        for (Map.Entry<String, List<OwnedResource>> each : ours.entrySet()) {
            items.addAll(ofDeployment(each.getKey(), each.getValue(), keys, grace, destroy));
        }
        return List.copyOf(items);
    }

    private List<SweepItem> ofDeployment(
            String name, List<OwnedResource> resources, SessionCredentials keys, Duration grace, boolean destroy)
            throws IOException, InterruptedException {
        String runId = RunStart.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(runId, Purpose.DESTROY, who, clock.instant()))) {
            if (destroy) {
                // What a killed run left may be in a state that nobody has kept yet.
                new Salvage(store, TERRAFORM, notes).of(name);
            }
            boolean killed = !store.leftoverWork(name).isEmpty();
            List<SweepItem> items = judged(
                    name, resources, keys, grace, killed ? "a run of its deployment was killed; its state is looked at first when something is removed" : null);
            if (destroy) {
                for (int i = 0; i < items.size(); i++) {
                    if (items.get(i).kept() == null) {
                        items.set(i, removed(items.get(i), keys));
                    }
                }
            }
            return items;
        } catch (DeploymentLock.Held e) {
            // What a run is about to put into its state is no orphan, and cannot be told from one now.
            return judged(name, resources, keys, grace, "its deployment is being worked on");
        }
    }

    private List<SweepItem> judged(
            String name, List<OwnedResource> resources, SessionCredentials keys, Duration grace, String busy) throws IOException {
        Ownership ownership = new Ownership(store);
        Optional<Deployment> known = store.find(name);
        List<SweepItem> items = new ArrayList<>();
        if (known.isEmpty()) {
            return items;
        }
        Instant now = clock.instant();
        Optional<Duration> sinceRun = known.get().lastRun().map(run -> Duration.between(run.started(), now));
        for (OwnedResource resource : ownership.unknown(known.get(), resources)) {
            Duration age = resource.created() == null ? sinceRun.orElse(null) : Duration.between(resource.created(), now);
            String kept = busy;
            if (kept == null && !known.get().isGone() && resource.deployment().equals(known.get().id()) && store.s3(known.get()).isPresent()) {
                kept = "the state of its deployment is in S3, which only a run of it reads";
            }
            if (kept == null && (age == null || age.compareTo(grace) < 0)) {
                kept = "it is younger than " + DurationText.format(grace);
            }
            if (kept == null && sinceRun.isPresent() && sinceRun.get().compareTo(grace) < 0) {
                kept = "the last run of its deployment began less than " + DurationText.format(grace) + " ago";
            }
            items.add(new SweepItem(resource, age, cost(resource, keys), kept, null));
        }
        return items;
    }

    /** Null where it is not known: what is left over is found and removed without it. */
    private BigDecimal cost(OwnedResource resource, SessionCredentials keys) {
        if (!priced) {
            return null;
        }
        try {
            return prices.hourly(keys, resource).orElse(null);
        } catch (AwsRefusal e) {
            priced = false;
            notes.accept("What these things cost is not known: " + e.getMessage());
            return null;
        }
    }

    private SweepItem removed(SweepItem item, SessionCredentials keys) throws InterruptedException {
        try {
            aws.remove(keys, item.resource());
            return item.ended("");
        } catch (AwsRefusal e) {
            return item.ended(e.getMessage());
        }
    }
}
