package io.jenkins.plugins.ec2docker.run.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackTargetTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void the_last_good_run_with_another_request_is_the_one_to_go_back_to() {
        Deployment deployment = with(with(with(begin(), "r1", "one"), "r2", "two"), "r3", "two");

        assertThat(RollbackTarget.target(deployment, null).id()).isEqualTo("r1");
    }

    @Test
    void a_run_of_which_nobody_knows_what_it_was_given_is_passed_over() {
        Deployment deployment = with(with(with(begin(), "r1", "one"), "r2", null), "r3", "three");

        assertThat(RollbackTarget.target(deployment, null).id()).isEqualTo("r1");
    }

    @Test
    void a_run_that_went_wrong_is_passed_over_and_cannot_be_named() {
        Deployment deployment = with(failed(with(begin(), "r1", "one"), "r2"), "r3", "three");

        assertThat(RollbackTarget.target(deployment, null).id()).isEqualTo("r1");
        assertThat(RollbackTarget.target(deployment, "r1").id()).isEqualTo("r1");
        assertThatThrownBy(() -> RollbackTarget.target(deployment, "r2"))
                .hasMessage(
                        "Run r2 of deployment \"web\" cannot be rolled back to: it did not succeed. Choose one of its history that is good.");
    }

    @Test
    void after_a_failed_change_in_place_the_way_back_leads_to_what_was_good_before() {
        Deployment deployment = with(begin(), "r1", "one");
        deployment = deployment
                .beginRun(RunSummary.begin("r2", Purpose.PROVISION, "alice", NOON))
                .changedRun("r2", run -> run.given("two"))
                .applying("r2", deployment.boot(), null, NOON)
                .endRun("r2", new RunResult(RunResult.Status.FAILED, "Broken.", true), false, Deployment.Status.INCOMPLETE, Map.of(), NOON);

        assertThat(RollbackTarget.target(deployment, null).id()).isEqualTo("r1");
    }

    @Test
    void bringing_back_what_is_there_already_is_no_rollback() {
        Deployment twice = with(with(begin(), "r1", "one"), "r2", "two");
        Deployment back = twice.beginRun(RunSummary.begin("r3", Purpose.ROLLBACK, "alice", NOON).backTo("r1"));
        Deployment again = twice.beginRun(RunSummary.begin("r3", Purpose.ROLLBACK, "alice", NOON).backTo("r2"));

        assertThat(back.isReapplication(back.run("r3").orElseThrow())).isFalse();
        assertThat(again.isReapplication(again.run("r3").orElseThrow())).isTrue();
        assertThat(again.isReapplication(again.run("r2").orElseThrow())).isFalse();
    }

    @Test
    void where_there_is_nothing_to_go_back_to_it_is_said() {
        assertThatThrownBy(() -> RollbackTarget.target(with(begin(), "r1", "one"), null)).hasMessageContaining("has no earlier good run");
        assertThatThrownBy(() -> RollbackTarget.target(with(begin(), "r1", "one"), "r9")).hasMessageContaining("has no run \"r9\"");
        assertThatThrownBy(() -> RollbackTarget.target(begin(), null)).hasMessageContaining("has nothing in AWS");
    }

    private static Deployment begin() {
        return Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON);
    }

    private static Deployment with(Deployment deployment, String runId, String content) {
        return deployment
                .beginRun(RunSummary.begin(runId, Purpose.PROVISION, "alice", NOON))
                .changedRun(runId, run -> run.given(content))
                .applying(runId, new Generation(runId, runId), null, NOON)
                .endRun(runId, new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true), false, Deployment.Status.LIVE, Map.of(),
                        NOON);
    }

    /** One whose new instance was removed again. */
    private static Deployment failed(Deployment deployment, String runId) {
        return deployment
                .beginRun(RunSummary.begin(runId, Purpose.PROVISION, "alice", NOON))
                .changedRun(runId, run -> run.given(runId))
                .trying(new Generation(runId, runId), NOON)
                .endRun(runId, new RunResult(RunResult.Status.FAILED, "Not healthy.", true), false, Deployment.Status.LIVE, Map.of(), NOON);
    }
}
