package io.jenkins.plugins.ec2docker.jenkins.mail;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jenkins.util.Timer;

/**
 * Sends mails one after the other on threads of its own, and tells once what became of each. Whatever the mail server does, the one who
 * posts returns at once, hears in bounded time, and no more than a fixed number of threads and mails are ever held.
 */
final class Outbox {

    private static final int THREADS = 2;
    /** Mails that wait; beyond that something is wrong with the server, and more mails would not help. */
    private static final int MOST = 200;

    private final ThreadPoolExecutor threads;
    private final Duration deadline;

    /** @param deadline for a mail, from the moment it is posted */
    Outbox(Duration deadline) {
        this.deadline = deadline;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST),
                new NamingThreadFactory(new DaemonThreadFactory(), "EC2 Docker mail"));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * @param mail sends, and answers what is to be told
     * @param told hears that, or why nothing was sent, exactly once
     */
    void post(Callable<String> mail, Consumer<String> told) {
        AtomicBoolean said = new AtomicBoolean();
        Consumer<String> once = line -> {
            if (said.compareAndSet(false, true)) {
                told.accept(line);
            }
        };
        Future<?> sending;
        try {
            sending = threads.submit(() -> {
                if (said.get()) {
                    return;
                }
                String line;
                try {
                    line = mail.call();
                } catch (Exception | LinkageError e) {
                    line = Messages.Outcome_NotSent(PostFailure.sentence(e));
                }
                once.accept(line);
            });
        } catch (RejectedExecutionException e) {
            once.accept(Messages.Outcome_NotSent(Messages.Failure_Full(MOST)));
            return;
        }
        Timer.get().schedule(
                () -> {
                    if (!said.get()) {
                        sending.cancel(true);
                        once.accept(Messages.Outcome_NotSent(Messages.Failure_Late(deadline.toSeconds())));
                    }
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void close() {
        threads.shutdownNow();
    }
}
