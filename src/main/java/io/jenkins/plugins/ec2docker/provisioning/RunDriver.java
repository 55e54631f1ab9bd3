package io.jenkins.plugins.ec2docker.provisioning;

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
    private final RunListener listener;
    private final Clock clock;
    private final BlockingQueue<UnaryOperator<Run>> messages = new LinkedBlockingQueue<>();

    public RunDriver(RunActions actions, RunListener listener, Clock clock) {
        this.actions = actions;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Returns when the run is over.
     *
     * @return the run as it ended
     */
    public Run drive(Run begun) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ec2-docker run " + begun.id());
            thread.setDaemon(true);
            return thread;
        });
        try {
            Run run = begun;
            while (true) {
                Next next = run.next();
                if (next instanceof Next.Finished) {
                    return run;
                }
                if (next instanceof Next.Start start) {
                    for (Action action : start.actions()) {
                        run = remembered(run.started(action, clock.instant()));
                    }
                    for (Action action : start.actions()) {
                        Run now = run;
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

    private void perform(Action action, Run run) {
        Outcome outcome;
        try {
            outcome = actions.perform(action, run);
        } catch (Exception | LinkageError e) {
            outcome = Outcome.failed(Failures.sentence(e));
        }
        Outcome how = outcome;
        messages.add(current -> current.ended(action, how, clock.instant()));
    }

    private Run remembered(Run run) {
        try {
            actions.remember(run);
        } catch (Exception e) {
            // The state is kept by other means; a run that cannot be written down still has to come to its end.
            listener.note("The run's record could not be written: " + Failures.sentence(e));
        }
        listener.changed(run);
        return run;
    }

    private UnaryOperator<Run> nextMessage() {
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
