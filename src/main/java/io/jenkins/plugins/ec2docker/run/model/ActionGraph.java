package io.jenkins.plugins.ec2docker.run.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which actions a run has and what each must wait for.
 *
 * <p>This is where time is won over typing the commands one after the other: the role is assumed while Terraform initialises, and the
 * configuration is validated while the plan is made. The order that safety needs is kept: {@link Action#APPLY} waits for all of it.
 */
final class ActionGraph {

    private ActionGraph() {}

    static List<Action> actions(Purpose purpose) {
        return switch (purpose) {
            case PLAN -> List.of(Action.PREPARE, Action.ASSUME_ROLE, Action.INIT, Action.PLAN, Action.VALIDATE, Action.REVIEW);
            case DESTROY -> List.of(Action.PREPARE, Action.ASSUME_ROLE, Action.INIT, Action.DESTROY);
            case PROVISION, ROLLBACK -> List.of(
                    Action.PREPARE, Action.ASSUME_ROLE, Action.INIT, Action.PLAN, Action.VALIDATE, Action.REVIEW,
                    Action.APPLY, Action.REDEPLOY, Action.VERIFY, Action.CUTOVER);
        };
    }

    /** What a run of this purpose ends with when all goes well. */
    static Action last(Purpose purpose, boolean handover) {
        return switch (purpose) {
            case PLAN -> Action.REVIEW;
            case PROVISION, ROLLBACK -> handover ? Action.CUTOVER : Action.VERIFY;
            case DESTROY -> Action.DESTROY;
        };
    }

    static Set<Action> prerequisites(Action action, Purpose purpose) {
        return switch (action) {
            case PREPARE, ASSUME_ROLE -> EnumSet.noneOf(Action.class);
            case INIT -> EnumSet.of(Action.PREPARE);
            case VALIDATE -> EnumSet.of(Action.INIT);
            case PLAN -> EnumSet.of(Action.INIT, Action.ASSUME_ROLE);
            case REVIEW -> EnumSet.of(Action.PLAN);
            case APPLY -> EnumSet.of(Action.REVIEW, Action.VALIDATE);
            // With an empty plan nothing is applied, and no other action would wait for the validation.
            case REDEPLOY -> EnumSet.of(Action.REVIEW, Action.VALIDATE, Action.APPLY);
            case VERIFY -> EnumSet.of(Action.APPLY, Action.REDEPLOY);
            case CUTOVER -> EnumSet.of(Action.VERIFY);
            // Asked for by Run itself, as a clean-up.
            case RECLAIM, RETREAT, RESTORE -> EnumSet.noneOf(Action.class);
            case DESTROY -> purpose == Purpose.DESTROY
                    ? EnumSet.of(Action.INIT, Action.ASSUME_ROLE)
                    // As a clean-up it is asked for by Run itself, once nothing is under way.
                    : EnumSet.of(Action.APPLY);
        };
    }
}
