package io.jenkins.plugins.ec2docker.run.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventConsoleTest {

    private static final Event PLANNED = new Event.PlannedChange("aws_instance.this", "aws_instance", ChangeAction.CREATE, null);

    @Test
    void what_will_be_created_is_told_once() {
        assertThat(EventConsole.line(Action.PLAN, PLANNED)).contains("+ aws_instance.this: will be created");
        assertThat(EventConsole.line(Action.APPLY, PLANNED)).isEmpty();
    }

    @Test
    void what_init_says_beside_its_events_is_not_told() {
        Event chatter = new Event.Unreadable("Successfully configured the backend \"s3\"!", 40);
        assertThat(EventConsole.line(Action.INIT, chatter)).isEmpty();
        assertThat(EventConsole.line(Action.APPLY, chatter)).isNotEmpty();
    }

    @Test
    void a_destruction_has_no_plan_before_it_and_tells_its_own() {
        assertThat(EventConsole.line(Action.DESTROY, PLANNED)).isNotEmpty();
    }

    @Test
    void a_plan_counts_when_it_was_reviewed_and_one_that_failed_is_never_told_as_one() {
        // Terraform counts what it has planned so far, nothing perhaps, before it says why it cannot go on.
        assertThat(EventConsole.line(Action.PLAN, new Event.ChangeSummary(0, 0, 0, "plan"))).isEmpty();
        assertThat(Outcome.reviewed(new PlanSummary(8, 0, 1, 0, 0, List.of()), false).message())
                .isEqualTo("Plan: 8 to create, 1 to replace.");
        assertThat(EventConsole.line(Action.DESTROY, new Event.ChangeSummary(0, 0, 8, "plan")))
                .contains("Plan: 0 to create, 0 to change, 8 to destroy");
    }
}
