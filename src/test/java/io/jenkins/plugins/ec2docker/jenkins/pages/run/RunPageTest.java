package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.pages.Views;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunPageTest {

    private static final RunSnapshot APPLYING = Views.applying("run-1", "web");

    @Test
    void a_run_that_is_stopped_says_what_it_still_does() {
        ProvisioningRun stopped = APPLYING.run().interrupt(Instant.now());
        assertThat(page(Views.with(APPLYING, APPLYING.run())).getStatusLabel()).isEqualTo("In progress");
        assertThat(page(Views.with(APPLYING, stopped)).getStatusLabel()).isEqualTo("Stopping: Terraform saves what exists");

        ProvisioningRun cleaning = stopped.ended(Action.APPLY, Outcome.failed("Interrupted.").withStateEmpty(false), Instant.now())
                .started(Action.RECLAIM, Instant.now());
        assertThat(page(Views.with(APPLYING, cleaning)).getStatusLabel()).isEqualTo("Stopping: cleaning up");
    }

    @Test
    void a_run_that_failed_does_not_look_as_if_it_went_forward_while_it_cleans_up() {
        ProvisioningRun failed = APPLYING.run().ended(Action.APPLY, Outcome.failed("No capacity.").withStateEmpty(false), Instant.now())
                .started(Action.DESTROY, Instant.now());
        RunPage page = page(Views.with(APPLYING, failed));
        assertThat(page.getStatusLabel()).isEqualTo("Failed: cleaning up");
        assertThat(page.getMessage()).as("before its end").isEqualTo("No capacity.");
        assertThat(page.getSeverity()).isEqualTo("danger");
    }

    @Test
    void an_update_says_that_the_instance_before_it_goes_though_its_plan_does_not_count_that() {
        RunSnapshot beside = Views.with(APPLYING, Views.handover("run-1"));
        assertThat(page(beside).getPlan().isHandover()).isTrue();
        assertThat(page(APPLYING).getPlan().isHandover()).isFalse();

        StoredRunSummary kept = StoredRunSummary.of(Map.of()).after(beside);
        assertThat(new RunPage(kept, Optional.empty(), false, Instant.now()).getPlan().isHandover()).as("without its files").isTrue();
    }

    @Test
    void how_many_resources_are_done_and_how_many_failed_are_two_things() {
        assertThat(page(Views.progress(APPLYING, 8, 7, 1)).getProgress().getText()).isEqualTo("7 of 8 done, 1 failed");
        assertThat(page(Views.progress(APPLYING, 8, 7, 0)).getProgress().getText()).isEqualTo("7 of 8 done");
    }

    @Test
    void distances_in_time_are_for_people_and_not_for_machines() {
        Instant now = Instant.parse("2026-01-01T12:00:00.029Z");
        assertThat(TimeText.ago(now.minusMillis(29), now)).isEqualTo("just now");
        assertThat(TimeText.ago(now.minusMillis(5300), now)).isEqualTo("5 sec ago");
        assertThat(TimeText.ago(now.minusSeconds(300), now)).isEqualTo("5 min 0 sec ago");
        assertThat(TimeText.until(now.plusMillis(300), now)).isEqualTo("in 1 sec");
    }

    private static RunPage page(RunSnapshot view) {
        return new RunPage(StoredRunSummary.of(Map.of()).after(view), Optional.of(view), !view.isOver(), Instant.now());
    }
}
