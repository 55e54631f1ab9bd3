package io.jenkins.plugins.ec2docker.request;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Reads {@code schedule}. */
final class ScheduleSection {

    private ScheduleSection() {}

    /** Null where there is none or it is wrong. */
    static Schedule read(Node node, boolean spot) {
        Fields fields = node.fields("start", "stop", "zone");
        if (fields == null) {
            return null;
        }
        if (spot) {
            node.refuse("cannot stand beside spot: EC2 stops no spot instance that was asked for once. Leave one of them out.");
        }
        String start = cron(fields.required("start", "0 8 * * mon-fri"));
        String stop = cron(fields.required("stop", "0 18 * * mon-fri"));
        String zone = fields.required("zone", "Europe/Berlin").text(ScheduleSection::isZone,
                "must be the name of a time zone; for example Europe/Berlin or UTC.");
        return start == null || stop == null || zone == null || spot && !fields.isStored() ? null : Schedule.unchecked(start, stop, zone);
    }

    private static String cron(Node node) {
        String text = node.text();
        try {
            return text == null ? null : new CronTimes(text).toString();
        } catch (IllegalArgumentException e) {
            return node.refuse(text,
                    "must be a cron expression of five fields, minute, hour, day of the month, month and day of the week: " + e.getMessage());
        }
    }

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
