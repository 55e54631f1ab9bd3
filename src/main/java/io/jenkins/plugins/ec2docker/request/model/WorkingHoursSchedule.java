package io.jenkins.plugins.ec2docker.request.model;

import io.jenkins.plugins.ec2docker.request.values.CronExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Working hours: when an instance is started and when it is stopped, on the clocks of one time zone. Pure; whoever asks does it. */
public final class WorkingHoursSchedule {
    private final CronExpression start;
    private final CronExpression stop;
    private final ZoneId zone;
    private final String zoneName;

    private WorkingHoursSchedule(CronExpression start, CronExpression stop, ZoneId zone, String zoneName) {
        this.start = start;
        this.stop = stop;
        this.zone = zone;
        this.zoneName = zoneName;
    }

    /**
     * @param start a cron expression of five fields, as {@code 0 8 * * mon-fri}
     * @param stop likewise
     * @param zone as in {@code Europe/Berlin}
     * @throws IllegalArgumentException with a sentence on what is wrong
     */
    public static WorkingHoursSchedule of(String start, String stop, String zone) {
        try {
            return new WorkingHoursSchedule(new CronExpression(start), new CronExpression(stop), ZoneId.of(zone), zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + zone + "\" is no time zone; it looks like Europe/Berlin.", e);
        }
    }

    /** The same of texts that may say no times: a schedule that cannot be read in full starts and stops nothing. */
    public static WorkingHoursSchedule unchecked(String start, String stop, String zone) {
        try {
            return of(start, stop, zone);
        } catch (IllegalArgumentException unreadable) {
            return new WorkingHoursSchedule(CronExpression.never(start), CronExpression.never(stop), ZoneOffset.UTC, zone);
        }
    }

    /**
     * Whether it should run at a moment: it was started later than it was stopped, or never stopped. Where both fall together, it stops.
     */
    public boolean runsAt(Instant moment) {
        Optional<Instant> started = start.last(moment, zone);
        Optional<Instant> stopped = stop.last(moment, zone);
        return stopped.isEmpty() || started.isPresent() && started.get().isAfter(stopped.get());
    }

    /** When that changes next after a moment; empty where it never does. */
    public Optional<Instant> nextChange(Instant moment) {
        boolean running = runsAt(moment);
        Optional<Instant> next = (running ? stop : start).next(moment, zone);
        // A start that falls together with a stop changes nothing.
        for (int i = 0; i < 366 && next.isPresent() && runsAt(next.get()) == running; i++) {
            next = (running ? stop : start).next(next.get(), zone);
        }
        return next.filter(at -> runsAt(at) != running);
    }

    /** The last start or stop up to a moment, the moment itself included; empty where there was none in years. */
    public Optional<Instant> lastChange(Instant moment) {
        Optional<Instant> started = start.last(moment, zone);
        Optional<Instant> stopped = stop.last(moment, zone);
        return started.isEmpty() || stopped.isPresent() && stopped.get().isAfter(started.get()) ? stopped : started;
    }

    /** As it was given. */
    public String start() {
        return start.toString();
    }

    /** As it was given. */
    public String stop() {
        return stop.toString();
    }

    /** As in {@code Europe/Berlin}. */
    public String zone() {
        return zoneName;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkingHoursSchedule schedule && toString().equals(schedule.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return "start " + start + ", stop " + stop + " (" + zoneName + ")";
    }
}
