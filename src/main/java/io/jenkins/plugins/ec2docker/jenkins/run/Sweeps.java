package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.ec2docker.provisioning.Sweep;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;

/**
 * Sweeps of this controller, one at a time: when an administrator asks for one, and by their schedule. A sweep that is killed has removed some
 * things and not others; the next one finds the rest. What the last one found is known until Jenkins stops.
 */
@Extension
public final class Sweeps extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Sweeps.class.getName());

    private final Clock clock = Clock.systemUTC();
    private final CronWatch schedule = new CronWatch("EC2 Docker sweep");
    private final AtomicReference<Instant> underWay = new AtomicReference<>();
    private volatile SweepResult last;
    private final ThreadPoolExecutor pool;
    private final ImpersonatingExecutorService thread;

    public Sweeps() {
        super("EC2 Docker sweep");
        pool = new ThreadPoolExecutor(
                1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamingThreadFactory(new DaemonThreadFactory(), "EC2 Docker sweep"));
        pool.allowCoreThreadTimeOut(true);
        thread = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    }

    public static Sweeps get() {
        return ExtensionList.lookupSingleton(Sweeps.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        if (schedule.isDue(UpkeepSettings.get().sweepSchedule(), clock.instant())) {
            ask("schedule", Sweep.Act.REMOVE);
        }
    }

    /**
     * Begins one, unless one is under way.
     *
     * @param who the person, for the record
     * @param act what is done with what is found; nothing that is younger than the administrators' grace time is removed
     * @return whether it was begun
     */
    public boolean ask(String who, Sweep.Act act) {
        if (!underWay.compareAndSet(null, clock.instant())) {
            return false;
        }
        try {
            thread.execute(() -> sweep(who, act));
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins shuts down.", e);
            return false;
        }
    }

    /** Since when one is under way; empty where none is. */
    public Optional<Instant> underWay() {
        return Optional.ofNullable(underWay.get());
    }

    /** What the last one found; empty before the first since Jenkins started. */
    public Optional<SweepResult> last() {
        return Optional.ofNullable(last);
    }

    void sweep(String who, Sweep.Act act) {
        try {
            last = new JenkinsSweep(who, UpkeepSettings.get().sweepGrace(), act, clock).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The sweep asked for by " + who + " failed.");
        } finally {
            underWay.set(null);
        }
    }

    @Terminator
    public static void leave() {
        get().pool.shutdownNow();
    }
}
