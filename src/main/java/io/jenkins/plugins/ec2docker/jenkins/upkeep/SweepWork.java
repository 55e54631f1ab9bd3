package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sweeps of this controller, one at a time: when an administrator asks for one, and by their schedule. A sweep that is killed has removed some
 * things and not others; the next one finds the rest. What the last one found is known until Jenkins stops.
 */
@Extension
public final class SweepWork extends ScheduledWork {

    private static final Logger LOGGER = Logger.getLogger(SweepWork.class.getName());

    private final AtomicReference<Instant> underWay = new AtomicReference<>();
    @CheckForNull
    private volatile SweepResult last;

    public SweepWork() {
        super("EC2 Docker sweep");
    }

    public static SweepWork get() {
        return ExtensionList.lookupSingleton(SweepWork.class);
    }

    @Override
    @CheckForNull
    protected String schedule() {
        return UpkeepSettings.get().sweepSchedule();
    }

    @Override
    protected void due() {
        ask("schedule", Sweep.Act.REMOVE);
    }

    /**
     * Begins one, unless one is under way.
     *
     * @param who the person, for the record
     * @param act what is done with what is found; nothing that is younger than the administrators' grace time is removed
     * @return whether it was begun
     */
    public boolean ask(String who, Sweep.Act act) {
        return underWay.compareAndSet(null, clock.instant()) && later(() -> sweep(who, act));
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
            last = new ControllerSweep(who, UpkeepSettings.get().sweepGrace(), act, clock).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The sweep asked for by " + who + " failed.");
        } finally {
            underWay.set(null);
        }
    }
}
