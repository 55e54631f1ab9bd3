package io.jenkins.plugins.ec2docker.jenkins.builder;

import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A freestyle build that waits for its run; when the build is aborted, the run is asked to stop and is given time to save. */
final class RunWait {
    private final RunHandle run;
    private final TaskListener listener;
    private final CompletableFuture<RunReport> end = new CompletableFuture<>();

    RunWait(RunHandle run, TaskListener listener) {
        this.run = run;
        this.listener = listener;
        run.onEnd(end::complete);
    }

    /** @throws InterruptedException when the build was aborted; the run has ended then, or the grace time is over */
    RunReport report() throws InterruptedException {
        try {
            return end.get();
        } catch (InterruptedException abort) {
            leave();
            throw abort;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void leave() {
        Duration grace = SystemSettings.get().abortGrace();
        listener.getLogger().println(Messages.RunWait_Waiting(DurationFormat.format(grace)));
        run.interrupt(Messages.RunWait_Aborted());
        long deadline = System.nanoTime() + grace.toNanos();
        while (!end.isDone() && System.nanoTime() < deadline) {
            try {
                end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException again) {
                // A second abort makes nothing faster: Terraform would lose what it has not saved.
                listener.getLogger().println(Messages.RunWait_StillWaiting());
            } catch (TimeoutException | ExecutionException over) {
                break;
            }
        }
        if (!end.isDone()) {
            listener.getLogger().println(Messages.RunWait_GraceIsOver(DurationFormat.format(grace), run.id()));
            run.detach();
        }
    }
}
