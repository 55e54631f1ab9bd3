package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.Util;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Lengths of time and distances to a moment, in the words of the pages. */
public final class TimeText {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private TimeText() {}

    /** As in {@code 0.4 s}, {@code 42 s}, {@code 3 min 5 s}; the page's script counts on in the same way. */
    static String seconds(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
    }

    /** As in {@code 5 min ago}. */
    public static String ago(Instant then, Instant now) {
        long millis = millis(then, now);
        return millis < SECOND ? Messages.Spans_Now() : Messages.Spans_Ago(span(millis));
    }

    /** As in {@code in 3 hr 20 min}, or {@code 5 min ago} for what is over. */
    public static String until(Instant then, Instant now) {
        return then.isBefore(now) ? ago(then, now) : Messages.Spans_In(span(millis(now, then)));
    }

    /** In whole seconds: nobody reads tenths of them. */
    private static String span(long millis) {
        return millis < MINUTE ? Math.max(1, millis / SECOND) + " sec" : Util.getTimeSpanString(millis);
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
