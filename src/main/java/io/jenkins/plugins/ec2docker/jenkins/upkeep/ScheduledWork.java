package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;

/**
 * Work of this controller that people ask for and that an administrators' schedule asks for, one piece after the other in a thread that is
 * there only while there is some. What waits is forgotten when Jenkins stops.
 */
public abstract class ScheduledWork extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(ScheduledWork.class.getName());

    protected final Clock clock = Clock.systemUTC();
    private final CronTrigger watch;
    private final ThreadPoolExecutor pool;
    private final ImpersonatingExecutorService thread;

    /** @param name of the work, for logs and threads */
    protected ScheduledWork(String name) {
        super(name);
        watch = new CronTrigger(name);
        pool = new ThreadPoolExecutor(
                1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamingThreadFactory(new DaemonThreadFactory(), name));
        pool.allowCoreThreadTimeOut(true);
        thread = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    }

    /** The administrators' schedule as it is now; empty for never. */
    @CheckForNull
    protected abstract String schedule();

    /** A moment of the schedule has come. */
    protected abstract void due();

    /** @return false if Jenkins shuts down, so that it will not be done */
    protected final boolean later(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins shuts down.", e);
            return false;
        }
    }

    @Override
    public final long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected final Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected final void execute(TaskListener listener) {
        // In this order: a moment that comes while nothing may begin is due afterwards.
        if (UnattendedWork.mayBegin() && watch.isDue(schedule(), clock.instant())) {
            due();
        }
    }

    @Terminator
    public static void leave() {
        ExtensionList.lookup(ScheduledWork.class).forEach(work -> work.pool.shutdownNow());
    }
}
