package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says when a schedule in Jenkins' own cron syntax ({@code H}, {@code TZ=} and all) has come due since it was asked last. Asked about once a
 * minute; what fell into a time when nobody asked, because Jenkins was busy, is due once. What fell before the first time is not.
 */
final class CronTrigger {

    private static final Logger LOGGER = Logger.getLogger(CronTrigger.class.getName());
    private static final Duration LONGEST_GAP = Duration.ofHours(24);

    private final String seed;
    @CheckForNull
    private Instant asked;

    /** @param seed what {@code H} is made of */
    CronTrigger(String seed) {
        this.seed = seed;
    }

    /** @param schedule null or empty for never; one that cannot be read is never due, and logged */
    synchronized boolean isDue(@CheckForNull String schedule, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Instant from = asked == null ? minute.minus(1, ChronoUnit.MINUTES) : asked;
        asked = minute;
        if (schedule == null || schedule.isBlank()) {
            return false;
        }
        try {
            CronTabList tabs = CronTabList.create(schedule, Hash.from(seed));
            Instant first = from.isBefore(minute.minus(LONGEST_GAP)) ? minute.minus(LONGEST_GAP) : from;
            for (Instant each = first.plus(1, ChronoUnit.MINUTES); !each.isAfter(minute); each = each.plus(1, ChronoUnit.MINUTES)) {
                Calendar calendar = new GregorianCalendar(TimeZone.getDefault(), Locale.ROOT);
                calendar.setTimeInMillis(each.toEpochMilli());
                if (tabs.check(calendar)) {
                    return true;
                }
            }
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "The schedule \"" + schedule + "\" of " + seed + " cannot be read.");
        }
        return false;
    }
}
