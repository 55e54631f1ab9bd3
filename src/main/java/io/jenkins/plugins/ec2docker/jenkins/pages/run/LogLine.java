package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a run's log, taken apart.
 *
 * @param time as written, RFC 3339; empty where the line has none
 * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
 */
record LogLine(String time, String level, String text) {

    /** See {@code BuildRunFiles#log()}. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z) (error|warn|info|debug) ?(.*)", Pattern.DOTALL);

    /** What is not in the log's form, such as the rest of a line too long for one answer, is text of the level info. */
    static LogLine of(String line) {
        Matcher matcher = FORM.matcher(line);
        return matcher.matches() ? new LogLine(matcher.group(1), matcher.group(2), matcher.group(3)) : new LogLine("", "info", line);
    }
}
