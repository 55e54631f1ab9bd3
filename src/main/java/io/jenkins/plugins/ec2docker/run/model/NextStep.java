package io.jenkins.plugins.ec2docker.run.model;

import java.util.List;

/** A run's answer to <em>what next?</em> */
public sealed interface NextStep {

    /**
     * Start these actions now, all of them: none depends on another.
     *
     * @param actions never empty
     */
    record Start(List<Action> actions) implements NextStep {}

    /** Nothing can be started before something that is under way has ended. */
    record Await() implements NextStep {}

    /** The run is over. */
    record Finished(RunResult result) implements NextStep {}
}
