package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves in AWS and what is known about it. Immutable; the store keeps the latest.
 *
 * @param name what people call it; unique within a store
 * @param id what its resources in AWS carry as tag {@code ec2-docker:deployment}; never used again, even for the same name
 * @param owner who made it, as the shell knows them
 * @param account the AWS account it lives in, or null before the first session
 * @param expires when it may be destroyed, or null if it has no end
 * @param boot which boot payload its instance runs, or null before the first apply
 * @param appliedRun the run whose configuration is the last that was handed to an apply, or null before the first apply
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
        String account,
        Status status,
        Instant created,
        Instant updated,
        Instant expires,
        Boot boot,
        String appliedRun,
        boolean good,
        Map<String, JsonNode> outputs,
        List<RunSummary> runs) {

    /** @param runId the run that rendered the payload first: the instance's closing line carries it */
    public record Boot(String digest, String runId) {}

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
        outputs = Map.copyOf(outputs);
        runs = List.copyOf(runs);
    }

    /** One that has nothing in AWS yet. */
    static Deployment begin(String name, String id, String blueprint, String region, String owner, Instant now) {
        return new Deployment(
                name, id, blueprint, region, owner, null, Status.EMPTY, now, now, null, null, null, false, Map.of(), List.of());
    }

    /** A new one under the name of this one, of which nothing is left but its history. */
    Deployment beginAgain(String newId, String newBlueprint, String newRegion, String newOwner, Instant now) {
        return new Deployment(
                name, newId, newBlueprint, newRegion, newOwner, null, Status.EMPTY, now, now, null, null, null, false, Map.of(), runs);
    }

    Deployment inAccount(String number) {
        return new Deployment(
                name, id, blueprint, region, owner, number, status, created, updated, expires, boot, appliedRun, good, outputs, runs);
    }

    /** Whether nothing of it is left, and the name may stand for a new deployment. */
    @JsonIgnore
    public boolean isGone() {
        return status == Status.EMPTY;
    }

    public Optional<RunSummary> lastRun() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    /** A run that a killed process began already stands in the history once. */
    Deployment beginRun(RunSummary run) {
        List<RunSummary> more = new ArrayList<>(runs);
        more.removeIf(earlier -> earlier.id().equals(run.id()));
        more.add(run);
        return new Deployment(
                name, id, blueprint, region, owner, account, status, created, run.started(), expires, boot, appliedRun, good, outputs, more);
    }

    /** With another end. */
    Deployment until(Instant end, Instant now) {
        return new Deployment(
                name, id, blueprint, region, owner, account, status, created, now, end, boot, appliedRun, good, outputs, runs);
    }

    /** From here on something of this run may be in AWS. Has to be stored before the apply starts. */
    Deployment applying(String runId, Boot payload, Instant expiry, Instant now) {
        return new Deployment(
                name, id, blueprint, region, owner, account, Status.INCOMPLETE, created, now, expiry, payload, runId, good, outputs, runs);
    }

    Deployment endRun(String runId, Result result, Status reached, Map<String, JsonNode> told, Instant now) {
        List<RunSummary> changed = new ArrayList<>(runs);
        changed.replaceAll(run -> run.id().equals(runId) ? run.end(result, now) : run);
        boolean nowGood = reached != Status.EMPTY && (good || reached == Status.LIVE);
        return new Deployment(
                name, id, blueprint, region, owner, account, reached, created, now, expires, boot, appliedRun, nowGood, told, changed);
    }
}
