package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.Optional;

/**
 * Is told of all runs on this controller: for mail, pages and the like. Called on one of the few threads that drive all runs, so it must
 * return quickly; what it throws is logged and changes nothing.
 */
public interface RunEventListener extends ExtensionPoint {

    /**
     * A run was started by a build, or by a person from one of its pages.
     *
     * @param build where the run's records are kept
     */
    default void started(RunHandle run, hudson.model.Run<?, ?> build) {}

    /**
     * A build asked for what cannot be; there is no run.
     *
     * @param problems a sentence, and perhaps one line for each problem below it
     */
    default void rejected(hudson.model.Run<?, ?> build, String problems) {}

    /** Where people read of a run; empty if this observer has no page of it. */
    default Optional<String> page(String runId, hudson.model.Run<?, ?> build) {
        return Optional.empty();
    }

    /** An action of the run has begun or ended. */
    default void changed(RunHandle run, RunSnapshot view) {}

    /**
     * The run is over; its records are complete. Called once, perhaps after restarts since {@link #started}.
     *
     * @param build null if the build or its job was deleted meanwhile
     */
    default void ended(RunHandle run, @CheckForNull hudson.model.Run<?, ?> build, RunReport report) {}
}
