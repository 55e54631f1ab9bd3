package io.jenkins.plugins.ec2docker.request.values;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The moments that a cron expression of five fields names: minute, hour, day of the month, month, day of the week (crontab(5)). Where both
 * kinds of days are restricted, either one suffices, as cron has it.
 *
 * <p>A time that a change of clocks leaves out comes as much later as the clocks jump; one that comes twice counts the first time.
 */
public final class CronExpression {
    private static final Pattern PART = Pattern.compile("(\\*|([0-9A-Za-z]{1,3})(?:-([0-9A-Za-z]{1,3}))?)(?:/([0-9]{1,2}))?");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<String> MONTHS =
            List.of("-", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    /** A 29 February that is eight years off, round a century, is the rarest that a calendar has. */
    private static final int DAYS_TO_LOOK = 366 * 8 + 8;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;

    /** @throws IllegalArgumentException with a sentence on what is wrong */
    public CronExpression(String text) {
        this.text = text;
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" does not have the five fields minute, hour, day of the month, month and day of"
                            + " the week; 8 o'clock on weekdays is \"0 8 * * mon-fri\".");
        }
        minutes = field("minute", fields[0], 0, 59, List.of());
        hours = field("hour", fields[1], 0, 23, List.of());
        days = field("day of the month", fields[2], 1, 31, List.of());
        months = field("month", fields[3], 1, 12, MONTHS);
        weekdays = field("day of the week", fields[4], 0, 7, DAYS);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        if (next(Instant.parse("2000-01-01T00:00:00Z"), ZoneId.of("UTC")).isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" names a day that never comes.");
        }
    }

    private CronExpression(String text, BitSet none) {
        this.text = text;
        minutes = none;
        hours = none;
        days = none;
        months = none;
        weekdays = none;
        eitherDay = false;
    }

    /** A text that names no moment at all. */
    public static CronExpression never(String text) {
        return new CronExpression(text, new BitSet());
    }

    /** The first one after a moment. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        LocalDate day = after.atZone(zone).toLocalDate().minusDays(1);
        for (int i = 0; i < DAYS_TO_LOOK; i++) {
            Instant best = null;
            for (Instant each : on(day.plusDays(i), zone)) {
                best = each.isAfter(after) && (best == null || each.isBefore(best)) ? each : best;
            }
            if (best != null) {
                return Optional.of(best);
            }
        }
        return Optional.empty();
    }

    /** The last one up to a moment, the moment itself included. */
    public Optional<Instant> last(Instant upTo, ZoneId zone) {
        LocalDate day = upTo.atZone(zone).toLocalDate().plusDays(1);
        for (int i = 0; i < DAYS_TO_LOOK; i++) {
            Instant best = null;
            for (Instant each : on(day.minusDays(i), zone)) {
                best = !each.isAfter(upTo) && (best == null || each.isAfter(best)) ? each : best;
            }
            if (best != null) {
                return Optional.of(best);
            }
        }
        return Optional.empty();
    }

    private List<Instant> on(LocalDate date, ZoneId zone) {
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % 7);
        if (!months.get(date.getMonthValue()) || !(eitherDay ? day || weekday : day && weekday)) {
            return List.of();
        }
        return hours.stream().boxed()
                .flatMap(hour -> minutes.stream().mapToObj(minute -> date.atTime(hour, minute).atZone(zone).toInstant()))
                .toList();
    }

    private BitSet field(String name, String field, int least, int most, List<String> names) {
        BitSet values = new BitSet();
        for (String part : field.toLowerCase(Locale.ROOT).split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw wrong(name, part, least, most);
            }
            boolean all = matcher.group(1).equals("*");
            int from = all ? least : value(name, matcher.group(2), least, most, names);
            int to = all ? most : matcher.group(3) != null ? value(name, matcher.group(3), least, most, names)
                    : matcher.group(4) != null ? most : from;
            int step = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
            if (to < from || step < 1) {
                throw wrong(name, part, least, most);
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private int value(String name, String word, int least, int most, List<String> names) {
        int named = names.indexOf(word);
        try {
            int value = named >= 0 ? named : Integer.parseInt(word);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(name, word, least, most);
    }

    private IllegalArgumentException wrong(String name, String part, int least, int most) {
        return new IllegalArgumentException(
                "\"" + text + "\" has \"" + part + "\" as " + name + ", which takes numbers from " + least + " to " + most
                        + " as 5, 1-5, 1,5, */5 or *.");
    }

    @Override
    public String toString() {
        return text;
    }
}
