package io.jenkins.plugins.ec2docker.local;

import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.NextStep;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * Drives a run to its end on this machine, waiting for it: asks the run what is next, has {@link RunActions} do it, each action on a
 * thread of its own, and reports back.
 *
 * <p>Only the driving thread ever touches the run; whatever happens elsewhere reaches it as a message.
 */
public final class RunDriver {

    private final RunActions actions;
    private final RunObserver listener;
    private final Clock clock;
    private final BlockingQueue<UnaryOperator<ProvisioningRun>> messages = new LinkedBlockingQueue<>();

    public RunDriver(RunActions actions, RunObserver listener, Clock clock) {
        this.actions = actions;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Returns when the run is over.
     *
     * @return the run as it ended
     */
    public ProvisioningRun drive(ProvisioningRun begun) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ec2-docker run " + begun.id());
            thread.setDaemon(true);
            return thread;
        });
        try {
            ProvisioningRun run = begun;
            while (true) {
                NextStep next = run.next();
                if (next instanceof NextStep.Finished) {
                    return run;
                }
                if (next instanceof NextStep.Start start) {
                    for (Action action : start.actions()) {
                        run = remembered(run.started(action, clock.instant()));
                    }
                    for (Action action : start.actions()) {
                        ProvisioningRun now = run;
                        threads.execute(() -> perform(action, now));
                    }
                }
                run = remembered(nextMessage().apply(run));
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Asks the run to stop; {@link #drive} returns once what is under way has ended and what must be cleaned up has been. */
    public void interrupt() {
        messages.add(run -> {
            actions.interrupt();
            return run.interrupt(clock.instant());
        });
    }

    private void perform(Action action, ProvisioningRun run) {
        Outcome outcome;
        try {
            outcome = actions.perform(action, run);
        } catch (Exception | LinkageError e) {
            outcome = Outcome.failed(ErrorMessage.sentence(e));
        }
        Outcome how = outcome;
        messages.add(current -> current.ended(action, how, clock.instant()));
    }

    private ProvisioningRun remembered(ProvisioningRun run) {
        try {
            actions.remember(run);
        } catch (Exception e) {
            // The state is kept by other means; a run that cannot be written down still has to come to its end.
            listener.note("The run's record could not be written: " + ErrorMessage.sentence(e));
        }
        listener.changed(run);
        return run;
    }

    private UnaryOperator<ProvisioningRun> nextMessage() {
        while (true) {
            try {
                return messages.take();
            } catch (InterruptedException e) {
                // A shell that interrupts its thread means the run, which must save its state before the thread may go.
                interrupt();
            }
        }
    }
}
