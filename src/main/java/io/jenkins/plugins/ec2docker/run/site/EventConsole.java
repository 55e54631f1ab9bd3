package io.jenkins.plugins.ec2docker.run.site;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import java.util.Optional;

/** What a person reads on any console for an event of a run, knowing what the run has told before. */
public final class EventConsole {

    private EventConsole() {}

    /**
     * One line, or nothing. What an apply is going to do, the plan has told already; how much a plan comes to, its review tells: Terraform
     * counts what it has planned so far even where it then fails; and what init says beside its events is meant for nobody.
     */
    public static Optional<String> line(Action action, Event event) {
        boolean toldBefore = action == Action.APPLY && event instanceof Event.PlannedChange;
        boolean toldLater = action == Action.PLAN && event instanceof Event.ChangeSummary;
        boolean chatter = action == Action.INIT && event instanceof Event.Unreadable;
        return toldBefore || toldLater || chatter ? Optional.empty() : EventText.of(event);
    }
}
