package io.jenkins.plugins.ec2docker.upkeep.sweep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResources;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.Prices;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.cleanup.ResourceOwnership;
import io.jenkins.plugins.ec2docker.run.cleanup.ResourceRemoval;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.state.CrashRecovery;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
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
 * Finds what runs of this store have left in AWS without any deployment knowing it; removes it, or lets its deployment take it over, if asked to.
 *
 * <p>What must hold: nothing is looked at that does not carry the product's tags; nothing is removed that another installation made, that the
 * latest state of a deployment knows, whose deployment is being worked on, or that is younger than the grace time. The lock of the deployment
 * is held while its leavings are judged and removed, so no run can begin on it meanwhile.
 */
public final class Sweep {

    /** How long a Terraform that outlived its engine may take to save its state. */
    private static final Duration TERRAFORM = Duration.ofMinutes(10);

    private final DeploymentStore store;
    private final ResourceCleanup aws;
    private final TaggedResources tagged;
    private final Prices prices;
    private final String who;
    private final Clock clock;
    private final Consumer<String> notes;
    private boolean priced = true;

    /** Of blueprint {@code instance} alone. */
    public Sweep(DeploymentStore store, ResourceCleanup aws, Prices prices, String who, Clock clock, Consumer<String> notes) {
        this(store, aws, TaggedResources.NONE, prices, who, clock, notes);
    }

    /**
     * @param tagged finds what there is of other blueprints; asked only where the store has, or had, a deployment of one
     * @param notes is told sentences for people
     */
    public Sweep(
            DeploymentStore store, ResourceCleanup aws, TaggedResources tagged, Prices prices, String who, Clock clock,
            Consumer<String> notes) {
        this.store = store;
        this.aws = aws;
        this.tagged = tagged;
        this.prices = prices;
        this.who = who;
        this.clock = clock;
        this.notes = notes;
    }

    /** What is done with what is found. */
    public enum Act {
        /** Nothing. */
        LOOK,
        /** It is removed, where it is old enough. */
        REMOVE,
        /** Its deployment takes it over, where an earlier state of it knew it. */
        ADOPT
    }

    /**
     * @param grace what is younger, or whose deployment's last run began less long ago, is not removed
     * @return all that no deployment knows, in the order in which it can go
     * @throws AwsException if AWS cannot be asked what there is
     * @throws IOException if the store cannot be read; then nothing more is done
     */
    public List<OrphanedResource> run(SessionCredentials keys, Duration grace, Act act)
            throws AwsException, IOException, InterruptedException {
        ResourceOwnership ownership = new ResourceOwnership(store);
        Map<String, List<TaggedResource>> ours = new TreeMap<>();
        for (TaggedResource resource : aws.find(keys)) {
            if (ownership.maker(resource).isPresent()) {
                ours.computeIfAbsent(resource.name(), name -> new ArrayList<>()).add(resource);
            }
        }
        for (TaggedResource resource : others(keys)) {
            if (ownership.maker(resource).isPresent()) {
                ours.computeIfAbsent(resource.name(), name -> new ArrayList<>()).add(resource);
            }
        }
        List<OrphanedResource> items = new ArrayList<>();
        for (Map.Entry<String, List<TaggedResource>> each : ours.entrySet()) {
            items.addAll(ofDeployment(each.getKey(), each.getValue(), keys, grace, act));
        }
        return List.copyOf(items);
    }

    private List<TaggedResource> others(SessionCredentials keys) throws IOException {
        boolean worth = store.list().stream().anyMatch(Sweep::isFleet);
        try {
            return worth ? tagged.find(keys) : List.of();
        } catch (AwsException e) {
            notes.accept("What is left of load balancers, networks and the like is not known: " + e.getMessage());
            return List.of();
        }
    }

    private List<OrphanedResource> ofDeployment(String name, List<TaggedResource> resources, SessionCredentials keys, Duration grace,
            Act act)
            throws IOException, InterruptedException {
        String runId = Ids.newRunId(clock.instant());
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(runId, Purpose.DESTROY, who, clock.instant()))) {
            if (act != Act.LOOK) {
                // What a killed run left may be in a state that nobody has kept yet.
                new CrashRecovery(store, TERRAFORM, notes).of(name);
            }
            boolean killed = !store.leftoverWork(name).isEmpty();
            Optional<Deployment> known = store.find(name);
            if (known.isEmpty()) {
                return List.of();
            }
            List<TaggedResource> unknown = new ResourceOwnership(store).unknown(known.get(), resources);
            StateImport adoption = new StateImport(store, known.get());
            StateImport.Proposal proposal = adoption.proposal(unknown);
            List<OrphanedResource> items = judged(known.get(), unknown, resources, proposal, keys, grace,
                    killed ? "a run of its deployment was killed; its state is looked at first when something is removed" : null);
            if (act == Act.ADOPT && proposal.state() != null) {
                adoption.take(proposal, clock.instant());
                items.replaceAll(item -> item.isAdoptable() ? item.takenOver() : item);
            } else if (act == Act.REMOVE) {
                ResourceRemoval removal = new ResourceRemoval(aws, tagged, isFleet(known.get()));
                for (int i = 0; i < items.size(); i++) {
                    if (items.get(i).kept() == null) {
                        items.set(i, removed(items.get(i), removal, keys));
                    }
                }
            }
            return items;
        } catch (DeploymentLock.Held e) {
            // What a run is about to put into its state is no orphan, and cannot be told from one now.
            Deployment known = store.find(name).orElseThrow();
            List<TaggedResource> unknown = new ResourceOwnership(store).unknown(known, resources);
            return judged(known, unknown, resources, new StateImport.Proposal(Map.of(), null), keys, grace,
                    "its deployment is being worked on");
        }
    }

    private List<OrphanedResource> judged(
            Deployment known, List<TaggedResource> unknown, List<TaggedResource> all, StateImport.Proposal proposal,
            SessionCredentials keys,
            Duration grace, @CheckForNull String busy)
            throws IOException {
        List<OrphanedResource> items = new ArrayList<>();
        Instant now = clock.instant();
        Optional<Duration> sinceRun = known.lastRun().map(run -> Duration.between(run.started(), now));
        boolean elsewhere = !known.isGone() && store.s3(known).isPresent();
        for (TaggedResource resource : unknown) {
            Duration age = resource.created() == null ? sinceRun.orElse(null) : Duration.between(resource.created(), now);
            // First why it is never removed: that it is young as well would have people wait for what does not come.
            String kept = ResourceRemoval.kept(resource, all).orElse(busy);
            if (kept == null && elsewhere && resource.deployment().equals(known.id())) {
                kept = "the state of its deployment is in S3, which only a run of it reads";
            }
            Integer knownBy = proposal.of(resource).map(StateVersions.Version::number).orElse(null);
            if (kept == null && knownBy != null) {
                // It may be what serves, and only the wrong state was brought back.
                kept = "state version " + knownBy + " of its deployment knew it; once taken over, it goes with its deployment";
            }
            if (kept == null && (age == null || age.compareTo(grace) < 0)) {
                kept = "it is younger than " + DurationFormat.format(grace);
            }
            if (kept == null && sinceRun.isPresent() && sinceRun.get().compareTo(grace) < 0) {
                kept = "the last run of its deployment began less than " + DurationFormat.format(grace) + " ago";
            }
            items.add(new OrphanedResource(resource, age, cost(resource, keys), kept, knownBy, false, null));
        }
        return items;
    }

    /** Null where it is not known: what is left over is found and removed without it. */
    @CheckForNull
    private BigDecimal cost(TaggedResource resource, SessionCredentials keys) {
        if (!priced) {
            return null;
        }
        try {
            return prices.hourly(keys, resource.charge()).orElse(null);
        } catch (AwsException e) {
            priced = false;
            notes.accept("What these things cost is not known: " + e.getMessage());
            return null;
        }
    }

    private static boolean isFleet(Deployment deployment) {
        return !deployment.blueprint().equals(Blueprint.INSTANCE.text());
    }

    private static OrphanedResource removed(OrphanedResource item, ResourceRemoval removal, SessionCredentials keys)
            throws InterruptedException {
        try {
            removal.remove(keys, item.resource());
            return item.ended("");
        } catch (AwsException e) {
            return item.ended(e.getMessage());
        }
    }
}
