package io.jenkins.plugins.ec2docker.run.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pass over a deployment, as data: it knows what has been done and answers what is next. It does nothing itself.
 *
 * <p>A shell asks {@link #next()}, carries the answer out, tells {@link #started} and {@link #ended}, and asks again. An instance never
 * changes; each telling gives the next one, which can be written as JSON ({@code StoredJson}) and taken up by another process.
 *
 * <p>Where a request wants another instance than the one that serves (a {@linkplain #isHandover() handover}), the apply starts it beside
 * that one, and only its verification decides which of the two goes: by {@link Action#CUTOVER} the old one, by {@link Action#RETREAT} the
 * new one.
 *
 * <p>Where only the images of its containers change, and the request wants it so, the instance stays (a {@linkplain #isInPlace()
 * redeployment}): it is told them by {@link Action#REDEPLOY}, and the ones before by {@link Action#RESTORE} if the run does not come to its
 * end.
 *
 * <p>What holds, whatever order the reports come in: nothing that changes AWS starts before the plan was reviewed and the configuration
 * validated; after a failure or an interrupt nothing new starts but the clean-up; the run ends only when nothing is under way.
 *
 * @param id names the run on the instance's console, in its directory and in its role session
 * @param fresh whether the deployment has never been brought to success before this run: only then may {@link OnFailure#DESTROY} remove
 *     what the run has created, because nothing else can be lost with it
 * @param actions all that has been started, in that order
 * @param interrupted when somebody asked the run to stop, or null
 */
public record ProvisioningRun(
        String id,
        Purpose purpose,
        OnFailure onFailure,
        boolean fresh,
        List<ActionRecord> actions,
        @CheckForNull Instant interrupted) {

    public ProvisioningRun {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(onFailure, "onFailure");
        actions = List.copyOf(actions);
    }

    public static ProvisioningRun begin(String id, Purpose purpose, OnFailure onFailure, boolean fresh) {
        return new ProvisioningRun(id, purpose, onFailure, fresh, List.of(), null);
    }

    /** What the shell is to do now. Pure: asking twice gives the same answer. */
    public NextStep next() {
        List<Action> startable = isInTrouble() ? cleanUp() : forward();
        if (!startable.isEmpty()) {
            return new NextStep.Start(startable);
        }
        if (actions.stream().anyMatch(ActionRecord::isUnderWay)) {
            return new NextStep.Await();
        }
        return new NextStep.Finished(RunResultText.of(this));
    }

    /** The shell has begun an action that {@link #next()} named. */
    public ProvisioningRun started(Action action, Instant at) {
        if (record(action).isPresent()) {
            throw new IllegalStateException(action + " has been started before in run " + id);
        }
        List<ActionRecord> more = new ArrayList<>(actions);
        more.add(ActionRecord.start(action, at));
        return with(more);
    }

    /** An action that was under way has ended. */
    public ProvisioningRun ended(Action action, Outcome outcome, Instant at) {
        List<ActionRecord> changed = new ArrayList<>(actions);
        changed.replaceAll(record -> record.action() == action && record.isUnderWay() ? record.end(outcome, at) : record);
        if (changed.equals(actions)) {
            throw new IllegalStateException(action + " is not under way in run " + id);
        }
        return with(changed);
    }

    /** Somebody wants the run to stop. What is under way has to be waited for; asking again changes nothing. */
    public ProvisioningRun interrupt(Instant at) {
        return interrupted != null ? this : new ProvisioningRun(id, purpose, onFailure, fresh, actions, at);
    }

    public Optional<ActionRecord> record(Action action) {
        return actions.stream().filter(record -> record.action() == action).findFirst();
    }

    /** What Terraform is going to do or has done, once the plan has been reviewed. */
    @JsonIgnore
    public Optional<PlanSummary> plan() {
        return record(Action.REVIEW).filter(ActionRecord::isDone).map(review -> review.outcome().plan());
    }

    /** Whether something failed or somebody wants to stop: from here on only what is under way and a clean-up count. */
    @JsonIgnore
    public boolean isInTrouble() {
        return interrupted != null && !isComplete() || actions.stream().anyMatch(ActionRecord::isFailed);
    }

    /** Whether all has been done. An interrupt that comes now stops nothing, and above all destroys nothing. */
    @JsonIgnore
    public boolean isComplete() {
        return record(ActionGraph.last(purpose, isHandover())).filter(ActionRecord::isDone).isPresent()
                && actions.stream().allMatch(ActionRecord::isDone);
    }

    /** Whether what this run has created is being removed again, or has been. */
    @JsonIgnore
    public boolean isCleaningUp() {
        return purpose != Purpose.DESTROY && record(Action.DESTROY).isPresent() || record(Action.RETREAT).isPresent()
                || record(Action.RESTORE).isPresent();
    }

    /** Whether what the last change of AWS left in the workspace is in the store. */
    @JsonIgnore
    public boolean isStateKept() {
        ActionRecord last = null;
        for (ActionRecord record : actions) {
            last = record.action().changesAws() ? record : last;
        }
        Outcome outcome = last == null ? null : last.outcome();
        return last == null || outcome != null && outcome.stateEmpty() != null;
    }

    /** Whether an instance is started beside the one that serves, and follows it only once it was verified. */
    @JsonIgnore
    public boolean isHandover() {
        return record(Action.PREPARE)
                .filter(ActionRecord::isDone)
                .map(prepare -> prepare.outcome().handover())
                .orElse(false);
    }

    /** Whether the containers of the instance that serves get other images. */
    @JsonIgnore
    public boolean isInPlace() {
        return record(Action.PREPARE)
                .filter(ActionRecord::isDone)
                .map(prepare -> prepare.outcome().inPlace())
                .orElse(false);
    }

    /** Whether there may be something in AWS that an apply of this run created, but that its Terraform could not save. */
    @JsonIgnore
    public boolean isUnsettled() {
        return Stream.of(Action.APPLY, Action.CUTOVER).flatMap(action -> record(action).stream()).anyMatch(record -> !record.isDone())
                && record(Action.RECLAIM).filter(ActionRecord::isDone).isEmpty();
    }

    /** Whether there may be an instance beside the one that serves. */
    boolean mayHaveCandidate() {
        return isHandover() && (record(Action.APPLY).isPresent() || record(Action.VERIFY).isPresent());
    }

    private List<Action> forward() {
        return ActionGraph.actions(purpose).stream()
                .filter(action -> record(action).isEmpty())
                .filter(action -> !isNeedless(action))
                .filter(action -> ActionGraph.prerequisites(action, purpose).stream().allMatch(this::isSettled))
                .toList();
    }

    private boolean isSettled(Action action) {
        return record(action).map(ActionRecord::isDone).orElseGet(() -> isNeedless(action));
    }

    /** An empty plan needs no apply; the verification still takes place. */
    private boolean isNeedless(Action action) {
        if (action == Action.CUTOVER) {
            return !isHandover();
        }
        if (action == Action.REDEPLOY) {
            return !isInPlace();
        }
        return action == Action.APPLY
                && record(Action.REVIEW)
                        .filter(ActionRecord::isDone)
                        .map(review -> review.outcome().planEmpty())
                        .orElse(false);
    }

    private List<Action> cleanUp() {
        if (!purpose.provisions() || actions.stream().anyMatch(ActionRecord::isUnderWay)) {
            return List.of();
        }
        // First, for what the state does not know may be in use of what it knows; and whatever the request wants, because nobody can keep it.
        if (isUnsettled() && record(Action.RECLAIM).isEmpty()) {
            return List.of(Action.RECLAIM);
        }
        if (isInPlace()) {
            // Whatever the request wants: kept would be containers that do not serve, in place of those that did.
            boolean due = record(Action.REDEPLOY).isPresent() && record(Action.RESTORE).isEmpty();
            return due ? List.of(Action.RESTORE) : List.of();
        }
        if (onFailure != OnFailure.DESTROY) {
            return List.of();
        }
        if (isHandover()) {
            // Once the new instance takes over there is no way back: it is the one that was verified, and the old one may be gone already.
            boolean due = mayHaveCandidate() && record(Action.CUTOVER).isEmpty() && record(Action.RETREAT).isEmpty();
            return due ? List.of(Action.RETREAT) : List.of();
        }
        boolean due = fresh && record(Action.APPLY).isPresent() && record(Action.DESTROY).isEmpty() && !knowsStateToBeEmpty();
        return due ? List.of(Action.DESTROY) : List.of();
    }

    private boolean knowsStateToBeEmpty() {
        return record(Action.APPLY)
                .map(apply -> Boolean.TRUE.equals(apply.outcome().stateEmpty()))
                .orElse(true);
    }

    private ProvisioningRun with(List<ActionRecord> changed) {
        return new ProvisioningRun(id, purpose, onFailure, fresh, changed, interrupted);
    }
}
