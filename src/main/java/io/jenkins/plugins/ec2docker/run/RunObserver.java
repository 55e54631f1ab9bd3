package io.jenkins.plugins.ec2docker.run;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.terraform.events.Event;

/** Who watches a run: a console, a page, a test. Called from several threads at once; must return quickly. */
public interface RunObserver {

    RunObserver NONE = new RunObserver() {};

    /** The run has moved on. */
    default void changed(ProvisioningRun run) {}

    /** Terraform told something while the action was under way. */
    default void event(Action action, Event event) {}

    /** A sentence for people that belongs to no event. */
    default void note(String sentence) {}
}
