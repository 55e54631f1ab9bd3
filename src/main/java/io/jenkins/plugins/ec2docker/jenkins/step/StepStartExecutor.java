package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads on which steps have their requests checked; the steps wait their turn. */
final class StepStartExecutor {
    static final int THREADS = 4;

    private static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), new NamingThreadFactory(new DaemonThreadFactory(), "EC2 Docker run start"));

    static {
        EXECUTOR.allowCoreThreadTimeOut(true);
    }

    private StepStartExecutor() {}

    static void submit(Runnable start) {
        EXECUTOR.execute(start);
    }
}
