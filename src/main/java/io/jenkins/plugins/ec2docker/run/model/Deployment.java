package io.jenkins.plugins.ec2docker.run.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run leaves in AWS and what is known about it. Immutable; the store keeps the latest.
 *
 * @param name what people call it; unique within a store
 * @param id what its resources in AWS carry as tag {@code ec2-docker:deployment}; never used again, even for the same name
 * @param owner who made it, as the shell knows them
 * @param account the AWS account it lives in, or null before the first session
 * @param expires when it may be destroyed, or null if it has no end
 * @param boot which generation serves, or null before the first apply
 * @param beside another generation that may be in AWS beside that one: not yet verified, or not yet gone; null where there is none
 * @param appliedRun the run whose configuration was applied last to the generation that serves, or null before the first apply
 * @param redeploying a run whose images may be on the instance that serves, by a redeployment that did not come to its end; null where it
 *     is known to run those of {@code appliedRun}
 * @param good whether it was ever brought to success; while not, {@code onFailure: destroy} may remove it
 * @param outputs what the blueprint told after the last success
 * @param runs oldest first
 */
public record Deployment(
        String name,
        String id,
        String blueprint,
        String region,
        String owner,
        @CheckForNull String account,
        Status status,
        Instant created,
        Instant updated,
        @CheckForNull Instant expires,
        @CheckForNull Generation boot,
        @CheckForNull Generation beside,
        @CheckForNull String appliedRun,
        @CheckForNull String redeploying,
        boolean good,
        Map<String, JsonNode> outputs,
        List<RunSummary> runs) {

    public enum Status {
        /** Nothing is in AWS that the state knows. */
        EMPTY,
        /** As asked for. */
        LIVE,
        /** Something is in AWS, but not all that was asked for, or not surely. */
        INCOMPLETE;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Deployment {
        // In their order, so that every process writes the same file.
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        runs = List.copyOf(runs);
    }

    /** One that has nothing in AWS yet. */
    public static Deployment begin(String name, String id, String blueprint, String region, String owner, Instant now) {
        return new Builder(name, id, blueprint, region, owner, now).build();
    }

    /** A new one under the name of this one, of which nothing is left but its history. */
    public Deployment beginAgain(String newId, String newBlueprint, String newRegion, String newOwner, Instant now) {
        return begin(name, newId, newBlueprint, newRegion, newOwner, now).toBuilder().runs(runs).build();
    }

    public Deployment inAccount(String number) {
        return toBuilder().account(number).build();
    }

    /** Whether nothing of it is left, and the name may stand for a new deployment. */
    @JsonIgnore
    public boolean isGone() {
        return status == Status.EMPTY;
    }

    /** Its instance, as its last run reported it; empty where the blueprint has several, or none. */
    public Optional<String> instanceId() {
        return Optional.ofNullable(outputs.get("instance_id")).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /**
     * {@link #boot} of a deployment that was applied.
     *
     * @throws IllegalStateException before the first apply
     */
    public Generation serving() {
        return applied(boot);
    }

    /**
     * {@link #appliedRun} of a deployment that was applied.
     *
     * @throws IllegalStateException before the first apply
     */
    public String lastApplied() {
        return applied(appliedRun);
    }

    private <T> T applied(@CheckForNull T known) {
        if (known == null) {
            throw new IllegalStateException("Deployment \"" + name + "\" has not been applied yet.");
        }
        return known;
    }

    public Optional<RunSummary> lastRun() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    /** A run of its history. */
    public Optional<RunSummary> run(@CheckForNull String runId) {
        return runs.stream().filter(run -> run.id().equals(runId)).findFirst();
    }

    /** Whether it is that run's configuration that serves. */
    @JsonIgnore
    public boolean isServedBy(RunSummary run) {
        return !isGone() && run.id().equals(appliedRun);
    }

    /** Whether a run was good and gave something else than what is applied now. */
    public boolean canRollBackTo(String runId) {
        String present = appliedRun == null ? null : run(appliedRun).map(RunSummary::content).orElse(null);
        return !isGone() && run(runId).filter(run -> run.isGood() && run.content() != null && !run.content().equals(present)).isPresent();
    }

    /** Whether a run brings back no other request than was there when it began. */
    public boolean isReapplication(RunSummary run) {
        if (run.backTo() == null) {
            return false;
        }
        String there = null;
        for (RunSummary earlier : runs) {
            if (earlier.id().equals(run.id())) {
                break;
            }
            there = earlier.content() == null ? there : earlier.content();
        }
        return there != null && there.equals(run(run.backTo()).map(RunSummary::content).orElse(null));
    }

    /** A run that a killed process began already stands in the history once. */
    public Deployment beginRun(RunSummary run) {
        List<RunSummary> more = new ArrayList<>(runs);
        more.removeIf(earlier -> earlier.id().equals(run.id()));
        more.add(run);
        return toBuilder().runs(more).updated(run.started()).build();
    }

    /** With another end. */
    public Deployment until(Instant end, Instant now) {
        return toBuilder().expires(end).updated(now).build();
    }

    /** Its state is to be another than what its last run left: something is in AWS, but nobody has looked what. */
    public Deployment unsure(Instant now) {
        return toBuilder().status(Status.INCOMPLETE).updated(now).build();
    }

    /** With other outputs. */
    public Deployment telling(Map<String, JsonNode> told, Instant now) {
        return toBuilder().outputs(told).updated(now).build();
    }

    public Deployment changedRun(String runId, UnaryOperator<RunSummary> change) {
        List<RunSummary> changed = new ArrayList<>(runs);
        changed.replaceAll(run -> run.id().equals(runId) ? change.apply(run) : run);
        return toBuilder().runs(changed).build();
    }

    /** From here on this generation may be in AWS beside the one that serves. Has to be stored before the apply starts. */
    public Deployment trying(Generation candidate, Instant now) {
        return toBuilder().status(Status.INCOMPLETE).beside(candidate).updated(now).build();
    }

    /** From here on something of this run may be in AWS, and its generation serves. Has to be stored before Terraform starts. */
    public Deployment applying(String runId, Generation payload, @CheckForNull Instant expiry, Instant now) {
        Generation other = payload.equals(boot) ? beside : boot;
        return toBuilder().status(Status.INCOMPLETE).expires(expiry).boot(payload).beside(other).appliedRun(runId).redeploying(null)
                .updated(now).build();
    }

    /** From here on the instance may run another's images. Has to be stored before it is told to. */
    public Deployment redeploying(String runId, Instant now) {
        return toBuilder().status(Status.INCOMPLETE).redeploying(runId).updated(now).build();
    }

    /** The instance runs a run's images, which were verified; it is the same generation still. */
    public Deployment redeployed(String runId, Generation present, @CheckForNull Instant expiry, Instant now) {
        return toBuilder().expires(expiry).boot(present).appliedRun(runId).redeploying(null).updated(now).build();
    }

    /** The instance runs what it did before. */
    public Deployment restored(Instant now) {
        return toBuilder().redeploying(null).updated(now).build();
    }

    /** Whether a run that is over, or was killed, may have created something that its Terraform could not save. */
    public boolean isUnsettledBefore(String runId) {
        return runs.stream().anyMatch(run -> run.unsettled() && !run.id().equals(runId));
    }

    /** All that earlier runs have created is in the state now, or gone. */
    public Deployment settledBefore(String runId) {
        Deployment settled = this;
        for (RunSummary run : runs) {
            if (run.unsettled() && !run.id().equals(runId)) {
                settled = settled.changedRun(run.id(), RunSummary::settled);
            }
        }
        return settled;
    }

    public Deployment endRun(String runId, RunResult result, boolean unsettled, Status reached, Map<String, JsonNode> told, Instant now) {
        boolean nowGood = reached != Status.EMPTY && (good || reached == Status.LIVE);
        Generation stillBeside = reached == Status.INCOMPLETE ? beside : null;
        String stillRedeploying = reached == Status.INCOMPLETE ? redeploying : null;
        return toBuilder().status(reached).beside(stillBeside).redeploying(stillRedeploying).good(nowGood).outputs(told).updated(now)
                .build()
                .changedRun(runId, run -> run.end(result, unsettled, now));
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        Builder same = new Builder(name, id, blueprint, region, owner, created);
        return same.account(account).status(status).updated(updated).expires(expires).boot(boot).beside(beside).appliedRun(appliedRun)
                .redeploying(redeploying).good(good).outputs(outputs).runs(runs);
    }

    /** A deployment in the making. */
    public static final class Builder {
        private final String name;
        private final String id;
        private final String blueprint;
        private final String region;
        private final String owner;
        private final Instant created;
        @CheckForNull
        private String account;
        private Status status = Status.EMPTY;
        private Instant updated;
        @CheckForNull
        private Instant expires;
        @CheckForNull
        private Generation boot;
        @CheckForNull
        private Generation beside;
        @CheckForNull
        private String appliedRun;
        @CheckForNull
        private String redeploying;
        private boolean good;
        private Map<String, JsonNode> outputs = Map.of();
        private List<RunSummary> runs = List.of();

        private Builder(String name, String id, String blueprint, String region, String owner, Instant created) {
            this.name = name;
            this.id = id;
            this.blueprint = blueprint;
            this.region = region;
            this.owner = owner;
            this.created = created;
            this.updated = created;
        }

        public Builder account(@CheckForNull String number) {
            account = number;
            return this;
        }

        public Builder status(Status reached) {
            status = reached;
            return this;
        }

        public Builder updated(Instant now) {
            updated = now;
            return this;
        }

        public Builder expires(@CheckForNull Instant end) {
            expires = end;
            return this;
        }

        public Builder boot(@CheckForNull Generation serving) {
            boot = serving;
            return this;
        }

        public Builder beside(@CheckForNull Generation other) {
            beside = other;
            return this;
        }

        public Builder appliedRun(@CheckForNull String runId) {
            appliedRun = runId;
            return this;
        }

        public Builder redeploying(@CheckForNull String runId) {
            redeploying = runId;
            return this;
        }

        public Builder good(boolean ever) {
            good = ever;
            return this;
        }

        public Builder outputs(Map<String, JsonNode> told) {
            outputs = told;
            return this;
        }

        public Builder runs(List<RunSummary> oldestFirst) {
            runs = oldestFirst;
            return this;
        }

        public Deployment build() {
            return new Deployment(name, id, blueprint, region, owner, account, status, created, updated, expires, boot, beside, appliedRun,
                    redeploying, good, outputs, runs);
        }
    }
}
