package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.function.Consumer;

/**
 * A run that was started on this controller, under way or over. It goes on by itself, whether or not the build that started it does: across
 * restarts of the controller, without its agent for a while, and after an abort until what exists is in a state that is kept.
 *
 * <p>No method blocks; all may be called from any thread.
 */
public interface RunHandle {

    /** Names the run for good; what a step keeps in its serialised form. */
    String id();

    /** How it stands now, for pages. */
    RunSnapshot view();

    /**
     * Calls back once when the run is over: at once, on the caller's thread, if it is already. A subscription does not survive a restart
     * of the controller: a resumed step subscribes again.
     */
    void onEnd(Consumer<RunReport> callback);

    /**
     * Console lines go to this build log from now on. After a restart a resumed step attaches its own; the lines that came between are
     * given to it first.
     */
    void attach(TaskListener listener);

    /** Console lines go to no build log any more. The run's own log has all of them. */
    void detach();

    /**
     * Asks the run to stop: Terraform gets its one interrupt and saves, then what was created is removed again where {@code onFailure}
     * says so, and only then the run is over. Asking again changes nothing.
     *
     * @param why a sentence for the log, such as {@code Aborted by alice.}
     */
    void interrupt(String why);
}
