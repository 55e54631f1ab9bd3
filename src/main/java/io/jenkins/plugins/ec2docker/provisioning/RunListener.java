package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.terraform.Event;

/** Who watches a run: a console, a page, a test. Called from several threads at once; must return quickly. */
public interface RunListener {

    RunListener NONE = new RunListener() {};

    /** The run has moved on. */
    default void changed(Run run) {}

    /** Terraform told something while the action was under way. */
    default void event(Action action, Event event) {}

    /** A sentence for people that belongs to no event. */
    default void note(String sentence) {}
}
