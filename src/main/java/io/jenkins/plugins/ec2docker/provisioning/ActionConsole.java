package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.terraform.ConsoleText;
import io.jenkins.plugins.ec2docker.terraform.Event;
import java.util.Optional;

/** What a person reads on any console for an event of a run, knowing what the run has told before. */
public final class ActionConsole {

    private ActionConsole() {}

    /** One line, or nothing: what an apply is going to do, the plan has told already. */
    public static Optional<String> line(Action action, Event event) {
        return action == Action.APPLY && event instanceof Event.PlannedChange ? Optional.empty() : ConsoleText.of(event);
    }
}
