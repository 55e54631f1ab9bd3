package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummaries;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkingHoursTest {

    private static final WorkingHoursSchedule EIGHT_TO_SIX = WorkingHoursSchedule.of("0 8 * * *", "0 18 * * *", "UTC");
    private static final Instant MADE = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant SIX = Instant.parse("2026-11-20T18:00:00Z");

    @Test
    void an_instance_is_stopped_once_at_the_end_of_its_hours_and_started_at_their_beginning() {
        Deployment deployment = live(MADE);

        assertThat(due(deployment, SIX.minusSeconds(1), null)).isNull();
        assertThat(due(deployment, SIX, null)).isEqualTo(new WorkingHours.Change(false, SIX));
        assertThat(due(deployment, SIX.plusSeconds(60), SIX)).isNull();
        Instant eight = Instant.parse("2026-11-21T08:00:00Z");
        assertThat(due(deployment, eight.plusSeconds(30), SIX)).isEqualTo(new WorkingHours.Change(true, eight));
    }

    @Test
    void of_moments_that_nobody_obeyed_the_last_one_counts_alone() {
        assertThat(due(live(MADE), Instant.parse("2026-11-23T19:00:00Z"), SIX))
                .isEqualTo(new WorkingHours.Change(false, Instant.parse("2026-11-23T18:00:00Z")));
    }

    @Test
    void a_run_that_began_after_a_moment_overrules_it_and_one_that_began_before_does_not() {
        assertThat(due(live(SIX.plusSeconds(60)), SIX.plusSeconds(600), null)).isNull();
        assertThat(due(live(SIX.minusSeconds(60)), SIX.plusSeconds(600), null)).isNotNull();
    }

    @Test
    void what_is_gone_or_not_whole_or_has_no_schedule_is_left_alone() {
        assertThat(due(of(MADE, Deployment.Status.EMPTY), SIX, null)).isNull();
        assertThat(due(of(MADE, Deployment.Status.INCOMPLETE), SIX, null)).isNull();
        assertThat(WorkingHours.due(null, live(MADE), SIX, null)).isEmpty();
    }

    private static WorkingHours.Change due(Deployment deployment, Instant now, Instant done) {
        return WorkingHours.due(EIGHT_TO_SIX, deployment, now, done).orElse(null);
    }

    private static Deployment live(Instant lastRun) {
        return of(lastRun, Deployment.Status.LIVE);
    }

    private static Deployment of(Instant lastRun, Deployment.Status status) {
        return Deployment.begin("web", "web-0000000a", "instance", "eu-central-1", "alice", MADE).toBuilder().status(status)
                .appliedRun("run-1").good(true).outputs(Map.of("instance_id", new TextNode("i-1")))
                .runs(List.of(RunSummaries.begun("run-1", lastRun))).build();
    }
}
