package io.jenkins.plugins.ec2docker.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RollbackTarget;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void the_latest_runs_are_kept_and_older_ones_than_their_number_go() {
        assertThat(kept(new Retention(3, 0), live(failed("r1", 9), failed("r2", 8), failed("r3", 7), failed("r4", 6), failed("r5", 5))))
                .containsExactly("r3", "r4", "r5");
    }

    @Test
    void runs_older_than_the_days_go_however_few_there_are() {
        assertThat(kept(new Retention(50, 7), live(failed("r1", 9), failed("r2", 8), failed("r3", 7), failed("r4", 6))))
                .containsExactly("r3", "r4");
    }

    @Test
    void without_limits_everything_is_kept() {
        Deployment old = live(failed("r1", 4000), failed("r2", 3000));
        assertThat(new Retention(0, 0).shortened(old, null, NOW)).isEqualTo(old);
        assertThat(new Retention(0, 0).isPast(destroyed(3000), NOW)).isFalse();
    }

    @Test
    void what_serves_and_the_last_good_runs_of_two_other_requests_are_kept_whatever_the_limits() {
        Deployment old = live(good("r1", 900, "a"), good("r2", 800, "b"), good("r3", 700, "c"), good("r4", 600, "c"), good("r5", 500, "d"),
                good("r6", 400, "d"), failed("r7", 300), failed("r8", 200)).toBuilder().appliedRun("r6").build();
        assertThat(kept(new Retention(1, 1), old)).containsExactly("r2", "r4", "r6", "r8");
    }

    @Test
    void the_run_that_is_applied_and_those_that_serve_or_may_serve_are_kept_though_they_failed() {
        Deployment old =
                live(failed("r1", 900), failed("r2", 800), failed("r3", 700), failed("r4", 600), failed("r5", 500), failed("r6", 400))
                        .toBuilder().appliedRun("r1").boot(new Generation("x", "r2")).beside(new Generation("y", "r3")).redeploying("r4")
                        .build();
        assertThat(kept(new Retention(1, 1), old)).containsExactly("r1", "r2", "r3", "r4", "r6");
    }

    @Test
    void the_run_of_the_latest_state_and_one_that_may_have_left_something_in_aws_are_kept() {
        RunSummary lost = RunSummary.begin("r2", Purpose.PROVISION, "alice", NOW.minus(Duration.ofDays(800))).given("a");
        Deployment old = live(failed("r1", 900), lost, failed("r3", 700), failed("r4", 600));
        assertThat(new Retention(1, 1).shortened(old, "r1", NOW).runs()).extracting(RunSummary::id).containsExactly("r1", "r2", "r4");
    }

    @Test
    void a_rollback_without_a_run_goes_to_the_same_one_as_before() {
        for (int applied = 1; applied <= 4; applied++) {
            Deployment old = live(good("r1", 900, "a"), good("r2", 800, "b"), good("r3", 700, "a"), good("r4", 600, "a"))
                    .toBuilder().appliedRun("r4").build();
            Deployment kept = new Retention(1, 1).shortened(old, null, NOW);
            assertThat(RollbackTarget.target(kept, null).id())
                    .isEqualTo(RollbackTarget.target(old, null).id()).isEqualTo("r2");
        }
    }

    @Test
    void a_destroyed_deployment_goes_when_its_destruction_is_older_than_the_days_and_no_other_ever() {
        Retention week = new Retention(50, 7);
        assertThat(week.isPast(destroyed(7), NOW)).isTrue();
        assertThat(week.isPast(destroyed(6), NOW)).isFalse();
        assertThat(week.isPast(live(failed("r1", 4000)), NOW)).isFalse();
        assertThat(week.isPast(destroyed(4000).toBuilder().status(Deployment.Status.INCOMPLETE).build(), NOW)).isFalse();
        RunSummary lost = RunSummary.begin("r2", Purpose.PROVISION, "alice", NOW.minus(Duration.ofDays(800))).given("a");
        assertThat(week.isPast(destroyed(700).toBuilder().runs(List.of(lost)).build(), NOW)).as("may have left something in AWS").isFalse();
    }

    @Test
    void what_is_decided_again_is_the_same() {
        Deployment many = live(failed("r1", 9), good("r2", 8, "a"), failed("r3", 7), failed("r4", 6), failed("r5", 5));
        Retention limits = new Retention(2, 0);
        Deployment once = limits.shortened(many, null, NOW);
        assertThat(limits.shortened(once, null, NOW)).isEqualTo(once);
        assertThat(limits.since(once, NOW)).as("so that what is left of the others goes").isEqualTo(limits.since(many, NOW));
    }

    private static List<String> kept(Retention limits, Deployment deployment) {
        return limits.shortened(deployment, null, NOW).runs().stream().map(RunSummary::id).toList();
    }

    private static RunSummary good(String id, int daysAgo, String content) {
        Instant then = NOW.minus(Duration.ofDays(daysAgo));
        return RunSummary.begin(id, Purpose.PROVISION, "alice", then).given(content)
                .end(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true), false, then);
    }

    private static RunSummary failed(String id, int daysAgo) {
        Instant then = NOW.minus(Duration.ofDays(daysAgo));
        return RunSummary.begin(id, Purpose.PROVISION, "alice", then)
                .end(new RunResult(RunResult.Status.FAILED, "No capacity.", true), false, then);
    }

    private static Deployment live(RunSummary... runs) {
        return Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOW.minus(Duration.ofDays(5000))).toBuilder()
                .status(Deployment.Status.LIVE).runs(new ArrayList<>(List.of(runs))).build();
    }

    private static Deployment destroyed(int daysAgo) {
        return live(failed("r1", 4000)).toBuilder().status(Deployment.Status.EMPTY).updated(NOW.minus(Duration.ofDays(daysAgo))).build();
    }
}
