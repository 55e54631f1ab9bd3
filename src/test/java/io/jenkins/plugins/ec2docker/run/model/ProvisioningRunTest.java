package io.jenkins.plugins.ec2docker.run.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProvisioningRunTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Outcome PLANNED = Outcome.reviewed(new PlanSummary(3, 0, 0, 0, 0, List.of()), false);
    private static final Outcome NOTHING_PLANNED = Outcome.reviewed(new PlanSummary(0, 0, 0, 0, 9, List.of()), true);

    @Test
    void the_role_is_assumed_while_the_workspace_is_prepared() {
        assertThat(start(begin(Purpose.PROVISION))).containsExactly(Action.PREPARE, Action.ASSUME_ROLE);
    }

    @Test
    void validation_and_plan_run_at_the_same_time() {
        ProvisioningRun run = done(begin(Purpose.PROVISION), Action.PREPARE, Action.ASSUME_ROLE, Action.INIT);

        assertThat(start(run)).containsExactlyInAnyOrder(Action.PLAN, Action.VALIDATE);
    }

    @Test
    void initialisation_needs_no_session_but_the_plan_does() {
        ProvisioningRun run = begin(Purpose.PROVISION).started(Action.PREPARE, NOON).started(Action.ASSUME_ROLE, NOON);
        run = run.ended(Action.PREPARE, Outcome.done(), NOON);
        assertThat(start(run)).containsExactly(Action.INIT);

        run = run.started(Action.INIT, NOON).ended(Action.INIT, Outcome.done(), NOON);
        assertThat(start(run)).containsExactly(Action.VALIDATE);
    }

    @Test
    void nothing_is_applied_before_the_validation_has_ended() {
        ProvisioningRun run = reviewed(begin(Purpose.PROVISION), PLANNED, false);

        assertThat(run.next()).isEqualTo(new NextStep.Await());
        assertThat(start(run.ended(Action.VALIDATE, Outcome.done(), NOON))).containsExactly(Action.APPLY);
    }

    @Test
    void an_empty_plan_is_verified_but_not_applied() {
        ProvisioningRun run = reviewed(begin(Purpose.PROVISION), NOTHING_PLANNED, true);

        assertThat(start(run)).containsExactly(Action.VERIFY);
        assertThat(result(done(run, Action.VERIFY)).message()).isEqualTo("Nothing to change.");
    }

    @Test
    void a_run_of_a_version_that_stored_whether_an_approval_is_needed_is_read() throws Exception {
        String stored = """
                {"id": "r", "purpose": "PROVISION", "onFailure": "DESTROY", "fresh": true, "approval": false, "actions": []}""";

        assertThat(StoredJson.mapper().readValue(stored, ProvisioningRun.class)).isEqualTo(begin(Purpose.PROVISION));
    }

    @Test
    void a_plan_alone_ends_after_its_review() {
        ProvisioningRun run = reviewed(begin(Purpose.PLAN), PLANNED, true);

        assertThat(result(run)).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Planned; nothing was changed.", false));
    }

    @Test
    void refusal_by_the_guardrails_is_a_verdict_of_its_own_and_applies_nothing() {
        Outcome refused = Outcome.refused(List.of(new Violation("instanceType", "m5.24xlarge", "is not allowed.")));
        ProvisioningRun run = reviewed(begin(Purpose.PROVISION), refused, true);

        assertThat(result(run).status()).isEqualTo(RunResult.Status.REFUSED);
        assertThat(result(run).message()).contains("m5.24xlarge").endsWith("Nothing was changed in AWS.");
    }

    @Test
    void what_a_failed_first_apply_created_is_destroyed() {
        ProvisioningRun run = brokenApply(applying(begin(Purpose.PROVISION)), "No capacity.", false);

        assertThat(start(run)).containsExactly(Action.DESTROY);
        run = run.started(Action.DESTROY, NOON).ended(Action.DESTROY, Outcome.done().withStateEmpty(true), NOON);
        assertThat(result(run))
                .isEqualTo(new RunResult(
                        RunResult.Status.FAILED, "No capacity. What had been created was destroyed again.", false));
    }

    @Test
    void what_a_failed_first_apply_created_is_kept_where_the_request_says_so() {
        ProvisioningRun run =
                brokenApply(applying(ProvisioningRun.begin("r", Purpose.PROVISION, OnFailure.KEEP, true)), "No capacity.", false);

        assertThat(result(run).leftovers()).isTrue();
        assertThat(result(run).message()).contains("onFailure: keep");
    }

    @Test
    void a_failed_update_never_destroys_the_deployment_that_was_there() {
        ProvisioningRun run =
                brokenApply(applying(ProvisioningRun.begin("r", Purpose.PROVISION, OnFailure.DESTROY, false)), "No capacity.", false);

        assertThat(result(run).leftovers()).isTrue();
        assertThat(run.record(Action.DESTROY)).isEmpty();
    }

    @Test
    void a_failed_apply_that_created_nothing_needs_no_clean_up() {
        ProvisioningRun run = brokenApply(applying(begin(Purpose.PROVISION)), "Denied.", true);

        assertThat(result(run).message()).isEqualTo("Denied. Nothing is left in AWS.");
    }

    @Test
    void a_service_that_does_not_answer_is_removed_like_a_failed_apply() {
        ProvisioningRun run = applying(begin(Purpose.PROVISION)).ended(Action.APPLY, Outcome.done().withStateEmpty(false), NOON);
        run = run.started(Action.VERIFY, NOON).ended(Action.VERIFY, Outcome.failed("Not healthy."), NOON);

        assertThat(start(run)).containsExactly(Action.DESTROY);
    }

    @Test
    void an_interrupt_waits_for_terraform_and_then_cleans_up() {
        ProvisioningRun run = applying(begin(Purpose.PROVISION)).interrupt(NOON);

        assertThat(run.next()).isEqualTo(new NextStep.Await());
        run = brokenApply(run, "Interrupted.", false);
        assertThat(start(run)).containsExactly(Action.DESTROY);
        run = run.started(Action.DESTROY, NOON).ended(Action.DESTROY, Outcome.done().withStateEmpty(true), NOON);
        assertThat(result(run).status()).isEqualTo(RunResult.Status.INTERRUPTED);
    }

    @Test
    void what_the_state_does_not_know_goes_first_and_whether_or_not_the_rest_is_kept() {
        for (OnFailure onFailure : OnFailure.values()) {
            ProvisioningRun run = applying(ProvisioningRun.begin("r", Purpose.PROVISION, onFailure, true)).interrupt(NOON);
            run = run.ended(Action.APPLY, Outcome.failed("Interrupted.").withStateEmpty(false), NOON);

            assertThat(start(run)).containsExactly(Action.RECLAIM);
            assertThat(run.isUnsettled()).isTrue();
            assertThat(done(run, Action.RECLAIM).isUnsettled()).isFalse();
        }
    }

    @Test
    void what_could_not_be_looked_for_may_still_be_there() {
        ProvisioningRun run =
                applying(begin(Purpose.PROVISION)).ended(Action.APPLY, Outcome.failed("No capacity.").withStateEmpty(true), NOON);
        run = run.started(Action.RECLAIM, NOON).ended(Action.RECLAIM, Outcome.failed("AWS did not let us look."), NOON);

        assertThat(run.isUnsettled()).isTrue();
        assertThat(result(run).leftovers()).isTrue();
        assertThat(result(run).message()).startsWith("No capacity. AWS did not let us look. ").contains("destroy the deployment");
    }

    @Test
    void an_interrupt_before_the_apply_changes_nothing_and_starts_nothing() {
        ProvisioningRun run = done(begin(Purpose.PROVISION), Action.PREPARE, Action.ASSUME_ROLE).interrupt(NOON);

        assertThat(result(run))
                .isEqualTo(new RunResult(
                        RunResult.Status.INTERRUPTED, "The run was interrupted. Nothing was changed in AWS.", false));
    }

    @Test
    void an_interrupt_after_the_last_action_stops_nothing() {
        ProvisioningRun run = applying(begin(Purpose.PROVISION)).ended(Action.APPLY, Outcome.done().withStateEmpty(false), NOON);
        run = done(run, Action.VERIFY).interrupt(NOON);

        assertThat(result(run).succeeded()).isTrue();
    }

    @Test
    void another_instance_takes_over_only_after_it_was_verified() {
        ProvisioningRun run = applied(handover(OnFailure.DESTROY));
        assertThat(start(run)).containsExactly(Action.VERIFY);

        run = run.started(Action.VERIFY, NOON);
        assertThat(run.next()).isEqualTo(new NextStep.Await());
        assertThat(run.isComplete()).isFalse();
        run = run.ended(Action.VERIFY, Outcome.done(), NOON);
        assertThat(start(run)).containsExactly(Action.CUTOVER);

        run = done(run, Action.CUTOVER);
        assertThat(result(run)).isEqualTo(new RunResult(
                RunResult.Status.SUCCEEDED,
                "Provisioned: the new instance was verified and has taken over from the one before it, which is gone.",
                true));
    }

    @Test
    void an_instance_that_is_not_healthy_goes_again_and_the_one_before_it_serves() {
        ProvisioningRun run = unhealthy(applied(handover(OnFailure.DESTROY)));
        assertThat(start(run)).containsExactly(Action.RETREAT);

        run = run.started(Action.RETREAT, NOON);
        assertThat(run.isCleaningUp()).isTrue();
        run = run.ended(Action.RETREAT, Outcome.done().withStateEmpty(false), NOON);
        assertThat(result(run)).isEqualTo(new RunResult(
                RunResult.Status.FAILED, "Not healthy. The new instance was removed again; the one before it serves as it did.", true));
    }

    @Test
    void a_retreat_that_fails_says_what_is_left_and_is_not_tried_twice() {
        ProvisioningRun run = unhealthy(applied(handover(OnFailure.DESTROY)));
        run = run.started(Action.RETREAT, NOON).ended(Action.RETREAT, Outcome.failed("Denied.").withStateEmpty(false), NOON);

        assertThat(result(run).message()).startsWith("Not healthy. The instance before it serves as it did").contains("state is kept");
    }

    @Test
    void an_instance_that_is_not_healthy_is_kept_beside_the_other_where_the_request_says_so() {
        ProvisioningRun run = unhealthy(applied(handover(OnFailure.KEEP)));

        assertThat(result(run).message())
                .startsWith("Not healthy. The instance before it serves as it did.")
                .contains("The new one is kept beside it, as onFailure: keep asks");
    }

    @Test
    void an_interrupt_between_verification_and_cutover_goes_back() {
        ProvisioningRun run = done(applied(handover(OnFailure.DESTROY)), Action.VERIFY).interrupt(NOON);

        assertThat(start(run)).containsExactly(Action.RETREAT);
    }

    @Test
    void there_is_no_way_back_once_the_new_instance_takes_over() {
        ProvisioningRun run = done(applied(handover(OnFailure.DESTROY)), Action.VERIFY).started(Action.CUTOVER, NOON);
        run = done(run.ended(Action.CUTOVER, Outcome.failed("Throttled.").withStateEmpty(false), NOON), Action.RECLAIM);

        assertThat(result(run).message()).startsWith("Throttled. The new instance was verified, but taking over")
                .contains("provision again");
        assertThat(run.record(Action.RETREAT)).isEmpty();
    }

    @Test
    void an_instance_that_an_earlier_run_left_beside_is_verified_without_an_apply_and_goes_if_it_is_not_healthy() {
        ProvisioningRun run = reviewed(handover(OnFailure.DESTROY), NOTHING_PLANNED, true);
        assertThat(start(run)).containsExactly(Action.VERIFY);

        assertThat(start(unhealthy(run))).containsExactly(Action.RETREAT);
        assertThat(start(done(run, Action.VERIFY))).containsExactly(Action.CUTOVER);
    }

    @Test
    void what_leaves_the_instance_as_it_is_has_no_second_step() {
        ProvisioningRun run = applied(ProvisioningRun.begin("r", Purpose.PROVISION, OnFailure.DESTROY, false));

        assertThat(result(done(run, Action.VERIFY)).message()).isEqualTo("Provisioned.");
    }

    @Test
    void a_destruction_that_fails_says_that_the_state_is_kept() {
        ProvisioningRun run = done(begin(Purpose.DESTROY), Action.PREPARE, Action.ASSUME_ROLE, Action.INIT);
        run = run.started(Action.DESTROY, NOON).ended(Action.DESTROY, Outcome.failed("In use.").withStateEmpty(false), NOON);

        assertThat(result(run).leftovers()).isTrue();
        assertThat(result(run).message()).startsWith("In use.").contains("destroy the deployment again");
    }

    @Test
    void the_same_action_is_never_started_twice() {
        ProvisioningRun run = begin(Purpose.PROVISION).started(Action.PREPARE, NOON);

        assertThatThrownBy(() -> run.started(Action.PREPARE, NOON)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stages_tell_how_long_they_took() {
        ProvisioningRun run = begin(Purpose.PROVISION).started(Action.PREPARE, NOON).started(Action.ASSUME_ROLE, NOON);
        run = run.ended(Action.PREPARE, Outcome.done(), NOON.plusMillis(20)).ended(Action.ASSUME_ROLE, Outcome.done(),
                NOON.plusMillis(350));

        assertThat(StageTime.of(run, NOON.plus(Duration.ofHours(1))))
                .containsExactly(new StageTime(Stage.PREPARE, 0.35, true, false));
    }

    @Test
    void a_redeployment_waits_for_review_and_validation_though_there_is_nothing_to_apply() {
        ProvisioningRun run = reviewed(inPlace(OnFailure.DESTROY), NOTHING_PLANNED, false);

        assertThat(run.next()).isEqualTo(new NextStep.Await());
        run = run.ended(Action.VALIDATE, Outcome.done(), NOON);
        assertThat(start(run)).containsExactly(Action.REDEPLOY);
        run = done(run, Action.REDEPLOY);
        assertThat(start(run)).containsExactly(Action.VERIFY);
        run = done(run, Action.VERIFY);
        assertThat(result(run)).isEqualTo(new RunResult(
                RunResult.Status.SUCCEEDED, "Redeployed: the containers run their images on the instance that served before.", true));
    }

    @Test
    void what_drifted_is_applied_before_the_redeployment() {
        assertThat(start(reviewed(inPlace(OnFailure.DESTROY), PLANNED, true))).containsExactly(Action.APPLY);
        assertThat(start(applied(inPlace(OnFailure.DESTROY)))).containsExactly(Action.REDEPLOY);
    }

    @Test
    void containers_that_do_not_serve_give_way_whatever_the_request_wants_kept() {
        for (OnFailure onFailure : OnFailure.values()) {
            ProvisioningRun run = unhealthy(done(reviewed(inPlace(onFailure), NOTHING_PLANNED, true), Action.REDEPLOY));

            assertThat(start(run)).containsExactly(Action.RESTORE);
            assertThat(run.started(Action.RESTORE, NOON).isCleaningUp()).isTrue();
            assertThat(result(done(run, Action.RESTORE)).message())
                    .isEqualTo("Not healthy. The containers that were there before serve again.");
            run = run.started(Action.RESTORE, NOON).ended(Action.RESTORE, Outcome.failed("No agent."), NOON);
            assertThat(result(run).message()).startsWith("Not healthy. No agent. What the instance runs is not known: provision again");
        }
    }

    @Test
    void an_interrupt_before_the_redeployment_brings_nothing_back_and_one_in_it_does() {
        ProvisioningRun run = reviewed(inPlace(OnFailure.DESTROY), NOTHING_PLANNED, true);

        assertThat(result(run.interrupt(NOON)).message()).isEqualTo("The run was interrupted. Nothing was changed in AWS.");
        run = run.started(Action.REDEPLOY, NOON).interrupt(NOON);
        assertThat(run.next()).isEqualTo(new NextStep.Await());
        assertThat(start(run.ended(Action.REDEPLOY, Outcome.failed("Interrupted."), NOON))).containsExactly(Action.RESTORE);
    }

    /** Whatever fails whenever and whoever interrupts: the run ends, and nothing is applied that was not reviewed and validated. */
    @ParameterizedTest
    @EnumSource(Purpose.class)
    void every_course_of_events_ends_and_keeps_the_rules(Purpose purpose) throws Exception {
        ObjectMapper json = StoredJson.mapper();
        Random random = new Random(42);
        for (int i = 0; i < 3000; i++) {
            boolean handover = purpose.provisions() && random.nextBoolean();
            boolean inPlace = purpose.provisions() && !handover && random.nextBoolean();
            boolean fresh = !handover && !inPlace && random.nextBoolean();
            ProvisioningRun run = ProvisioningRun.begin("r", purpose, random.nextBoolean() ? OnFailure.DESTROY : OnFailure.KEEP, fresh);
            List<Action> underWay = new ArrayList<>();
            int steps = 0;
            while (!(run.next() instanceof NextStep.Finished)) {
                assertThat(++steps).as("steps of %s", run).isLessThan(40);
                if (run.next() instanceof NextStep.Start start) {
                    for (Action action : start.actions()) {
                        assertAllowed(action, run);
                        run = run.started(action, NOON);
                        underWay.add(action);
                    }
                }
                if (random.nextInt(12) == 0) {
                    run = run.interrupt(NOON);
                }
                Action action = underWay.remove(random.nextInt(underWay.size()));
                run = run.ended(action, randomOutcome(action, handover, inPlace, random), NOON);
                assertThat(json.readValue(json.writeValueAsBytes(run), ProvisioningRun.class)).isEqualTo(run);
            }
            assertThat(underWay).as("under way at the end of %s", run).isEmpty();
            assertThat(result(run).message()).isNotBlank();
        }
    }

    private static void assertAllowed(Action action, ProvisioningRun run) {
        if (action == Action.APPLY || action == Action.REDEPLOY) {
            assertThat(run.isInTrouble()).isFalse();
            for (Action before : Set.of(Action.REVIEW, Action.VALIDATE, Action.ASSUME_ROLE)) {
                assertThat(run.record(before)).get().matches(ActionRecord::isDone);
            }
        }
        if (action == Action.CUTOVER) {
            assertThat(run.isInTrouble()).isFalse();
            assertThat(run.isHandover()).isTrue();
            assertThat(run.record(Action.VERIFY)).get().matches(ActionRecord::isDone);
        }
        if (action == Action.RECLAIM) {
            assertThat(run.isUnsettled()).isTrue();
        } else if (run.isInTrouble() && run.isInPlace()) {
            assertThat(action).isEqualTo(Action.RESTORE);
            assertThat(run.record(Action.REDEPLOY)).isPresent();
        } else if (run.isInTrouble()) {
            assertThat(action).isEqualTo(run.isHandover() ? Action.RETREAT : Action.DESTROY);
            assertThat(run.fresh()).isEqualTo(!run.isHandover());
            assertThat(run.record(Action.CUTOVER)).isEmpty();
            assertThat(run.onFailure()).isEqualTo(OnFailure.DESTROY);
        }
    }

    private static Outcome randomOutcome(Action action, boolean handover, boolean inPlace, Random random) {
        boolean fails = random.nextInt(8) == 0;
        Outcome outcome = fails ? Outcome.failed("Broken.") : Outcome.done();
        if (action == Action.REVIEW && !fails) {
            outcome = random.nextInt(4) == 0 ? NOTHING_PLANNED : PLANNED;
        }
        if (action == Action.PREPARE && !fails) {
            outcome = inPlace ? Outcome.preparedInPlace() : Outcome.prepared(handover);
        }
        return action.changesAws() ? outcome.withStateEmpty(random.nextBoolean()) : outcome;
    }

    private static ProvisioningRun begin(Purpose purpose) {
        return ProvisioningRun.begin("r", purpose, OnFailure.DESTROY, true);
    }

    private static ProvisioningRun reviewed(ProvisioningRun begun, Outcome review, boolean validated) {
        ProvisioningRun run = begun.record(Action.PREPARE).isPresent() ? begun : done(begun, Action.PREPARE);
        run = done(run, Action.ASSUME_ROLE, Action.INIT);
        run = run.started(Action.PLAN, NOON).started(Action.VALIDATE, NOON).ended(Action.PLAN, Outcome.done(), NOON);
        run = run.started(Action.REVIEW, NOON).ended(Action.REVIEW, review, NOON);
        return validated ? run.ended(Action.VALIDATE, Outcome.done(), NOON) : run;
    }

    private static ProvisioningRun handover(OnFailure onFailure) {
        ProvisioningRun run = ProvisioningRun.begin("r", Purpose.PROVISION, onFailure, false);
        return run.started(Action.PREPARE, NOON).ended(Action.PREPARE, Outcome.prepared(true), NOON);
    }

    private static ProvisioningRun inPlace(OnFailure onFailure) {
        ProvisioningRun run = ProvisioningRun.begin("r", Purpose.PROVISION, onFailure, false);
        return run.started(Action.PREPARE, NOON).ended(Action.PREPARE, Outcome.preparedInPlace(), NOON);
    }

    private static ProvisioningRun applied(ProvisioningRun begun) {
        return applying(begun).ended(Action.APPLY, Outcome.done().withStateEmpty(false), NOON);
    }

    private static ProvisioningRun unhealthy(ProvisioningRun run) {
        return run.started(Action.VERIFY, NOON).ended(Action.VERIFY, Outcome.failed("Not healthy."), NOON);
    }

    private static ProvisioningRun applying(ProvisioningRun begun) {
        return reviewed(begun, PLANNED, true).started(Action.APPLY, NOON);
    }

    /** An apply that did not succeed, and what it may have left beside its state taken away. */
    private static ProvisioningRun brokenApply(ProvisioningRun applying, String why, boolean stateEmpty) {
        return done(applying.ended(Action.APPLY, Outcome.failed(why).withStateEmpty(stateEmpty), NOON), Action.RECLAIM);
    }

    private static ProvisioningRun done(ProvisioningRun run, Action... actions) {
        ProvisioningRun now = run;
        for (Action action : actions) {
            now = now.started(action, NOON).ended(action, Outcome.done(), NOON);
        }
        return now;
    }

    private static List<Action> start(ProvisioningRun run) {
        return run.next() instanceof NextStep.Start start ? start.actions() : List.of();
    }

    private static RunResult result(ProvisioningRun run) {
        return ((NextStep.Finished) run.next()).result();
    }
}
