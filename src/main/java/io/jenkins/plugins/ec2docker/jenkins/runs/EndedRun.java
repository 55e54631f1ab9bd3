package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.function.Consumer;

/** A run that was over before anybody asked for it. */
record EndedRun(RunSnapshot view, RunReport report) implements RunHandle {

    @Override
    public String id() {
        return view.runId();
    }

    @Override
    public void onEnd(Consumer<RunReport> callback) {
        callback.accept(report);
    }

    @Override
    public void attach(TaskListener listener) {
        // All has been told; the run's own log has it.
    }

    @Override
    public void detach() {}

    @Override
    public void interrupt(String why) {}
}
