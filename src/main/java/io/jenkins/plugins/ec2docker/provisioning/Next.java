package io.jenkins.plugins.ec2docker.provisioning;

import java.util.List;

/** A run's answer to <em>what next?</em> */
public sealed interface Next {

    /**
     * Start these actions now, all of them: none depends on another.
     *
     * @param actions never empty
     */
    record Start(List<Action> actions) implements Next {}

    /** Nothing can be started before something that is under way has ended. */
    record Await() implements Next {}

    /** The run is over. */
    record Finished(Result result) implements Next {}
}
