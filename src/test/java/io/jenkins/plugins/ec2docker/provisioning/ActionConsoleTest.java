package io.jenkins.plugins.ec2docker.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.Event;
import org.junit.jupiter.api.Test;

class ActionConsoleTest {

    private static final Event PLANNED = new Event.PlannedChange("aws_instance.this", "aws_instance", ChangeAction.CREATE, null);

    @Test
    void what_will_be_created_is_told_once() {
        assertThat(ActionConsole.line(Action.PLAN, PLANNED)).contains("+ aws_instance.this: will be created");
        assertThat(ActionConsole.line(Action.APPLY, PLANNED)).isEmpty();
    }

    @Test
    void a_destruction_has_no_plan_before_it_and_tells_its_own() {
        assertThat(ActionConsole.line(Action.DESTROY, PLANNED)).isNotEmpty();
    }
}
