package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.request.values.CronExpression;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Reads {@code schedule}. */
public final class ScheduleSchema {

    private ScheduleSchema() {}

    /** Null where there is none or it is wrong. */
    @CheckForNull
    public static WorkingHoursSchedule read(DocumentNode node, boolean spot) {
        DocumentSection fields = node.fields("start", "stop", "zone");
        if (fields == null) {
            return null;
        }
        if (spot) {
            node.refuse("cannot stand beside spot: EC2 stops no spot instance that was asked for once. Leave one of them out.");
        }
        String start = cron(fields.required("start", "0 8 * * mon-fri"));
        String stop = cron(fields.required("stop", "0 18 * * mon-fri"));
        String zone = fields.required("zone", "Europe/Berlin").text(ScheduleSchema::isZone,
                "must be the name of a time zone; for example Europe/Berlin or UTC.");
        return start == null || stop == null || zone == null || spot && !fields.isStored() ? null
                : WorkingHoursSchedule.unchecked(start, stop, zone);
    }

    @CheckForNull
    private static String cron(DocumentNode node) {
        String text = node.text();
        try {
            return text == null ? null : new CronExpression(text).toString();
        } catch (IllegalArgumentException e) {
            return node.refuse(text,
                    "must be a cron expression of five fields, minute, hour, day of the month, month and day of the week: "
                            + e.getMessage());
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
