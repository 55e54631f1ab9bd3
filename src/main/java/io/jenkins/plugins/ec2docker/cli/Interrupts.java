package io.jenkins.plugins.ec2docker.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Turns Ctrl-C (and SIGTERM) into a run that stops in order: the JVM's own shutdown waits until the run has saved its state.
 *
 * <p>Once a shutdown has begun {@link System#exit} would wait for the hooks for ever, so the command's end is told to the hook, which
 * then ends the process with the command's exit code. A second Ctrl-C changes nothing: the first has been passed on, and a second
 * interrupt would make Terraform leave without its state.
 */
final class Interrupts {

    private static final Object LOCK = new Object();
    private static final Runnable IDLE = () -> {};
    @CheckForNull
    private static Runnable onInterrupt;
    @CheckForNull
    private static Integer left;
    private static boolean interrupted;

    private Interrupts() {}

    /** From now on an interrupt calls this, once, and the process stays until {@link #leave}. */
    static void handleBy(Runnable stop) {
        synchronized (LOCK) {
            if (onInterrupt == null) {
                Runtime.getRuntime().addShutdownHook(new Thread(Interrupts::shutDown, "ec2-docker interrupt"));
            }
            onInterrupt = stop;
        }
    }

    /** From now on an interrupt ends the process as it would any: nothing is under way that could be stopped in order. */
    static void stopHandling() {
        synchronized (LOCK) {
            onInterrupt = IDLE;
        }
    }

    /** Ends the process with this code, now. */
    static void leave(int exitCode) {
        synchronized (LOCK) {
            left = exitCode;
            LOCK.notifyAll();
            if (interrupted) {
                return;
            }
        }
        System.exit(exitCode);
    }

    private static void shutDown() {
        synchronized (LOCK) {
            interrupted = true;
            if (left != null || onInterrupt == IDLE) {
                return;
            }
        }
        onInterrupt.run();
        int exitCode;
        synchronized (LOCK) {
            while (left == null) {
                try {
                    LOCK.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            exitCode = left;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
