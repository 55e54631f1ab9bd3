package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;
import java.util.Optional;

/** What a person reads on the console for an event: one short line, or nothing; only a diagnostic may have indented lines below its sentence. */
public final class EventText {
    private static final int LONGEST_LINE = 200;
    /** Terraform repeats itself every ten seconds for each resource; a line each half minute tells a reader as much. */
    private static final int SECONDS_BETWEEN_PROGRESS = 30;

    private EventText() {}

    /** Without a line break at the end; control characters are shown, not sent. */
    public static Optional<String> of(Event event) {
        return Optional.ofNullable(text(event));
    }

    /** Drift gives nothing: Terraform calls every value that AWS settled after a creation changed outside, and a reader would be alarmed. */
    @CheckForNull
    private static String text(Event event) {
        if (event instanceof Event.ApplyProgress progress) {
            boolean due = progress.elapsedSeconds() / 10 * 10 % SECONDS_BETWEEN_PROGRESS == 0 && progress.action().changesSomething();
            return due
                    ? "  " + address(progress.address()) + ": still " + progress.action().doing() + ", "
                            + seconds(progress.elapsedSeconds())
                    : null;
        }
        if (event instanceof Event.ApplyStart start) {
            return start.action().changesSomething()
                    ? start.action().symbol() + " " + address(start.address()) + ": " + start.action().doing() + "..."
                    : null;
        }
        if (event instanceof Event.ApplyComplete complete) {
            return complete.action().changesSomething()
                    ? "  " + address(complete.address()) + ": " + complete.action().done() + " in " + seconds(complete.elapsedSeconds())
                            + id(complete.id())
                    : null;
        }
        if (event instanceof Event.ApplyErrored errored) {
            return "! " + address(errored.address()) + ": failed after " + seconds(errored.elapsedSeconds()) + ", "
                    + errored.action().doing();
        }
        if (event instanceof Event.PlannedChange planned) {
            return planned.action().changesSomething()
                    ? planned.action().symbol() + " " + address(planned.address()) + ": will be " + planned.action().done()
                            + reason(planned.reason())
                    : null;
        }
        if (event instanceof Event.ChangeSummary summary) {
            return summary(summary);
        }
        if (event instanceof Event.Diagnostic diagnostic) {
            return DiagnosticText.of(diagnostic);
        }
        if (event instanceof Event.Unreadable unreadable) {
            return safe(unreadable.text(), LONGEST_LINE);
        }
        if (event instanceof Event.Log log) {
            return log.level().equals("error") || log.level().equals("warn") ? safe(log.message(), LONGEST_LINE) : null;
        }
        return null;
    }

    private static String summary(Event.ChangeSummary summary) {
        boolean plan = summary.operation().equals("plan");
        if (summary.add() + summary.change() + summary.remove() == 0) {
            return plan ? "Plan: nothing to change" : "Done: nothing was changed";
        }
        return (plan ? "Plan: " : "Done: ") + summary.add() + (plan ? " to create, " : " created, ") + summary.change()
                + (plan ? " to change, " : " changed, ") + summary.remove() + (plan ? " to destroy" : " destroyed");
    }

    private static String address(String address) {
        return safe(address, 120);
    }

    private static String id(@CheckForNull String id) {
        return id == null || id.isEmpty() ? "" : " (" + safe(id, 60) + ")";
    }

    private static String reason(@CheckForNull String reason) {
        return reason == null ? "" : " (" + safe(reason.replace('_', ' '), 60) + ")";
    }

    /** As in "42 s" or "3 min 5 s". */
    static String seconds(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }

    /**
     * One line that can do nothing to a terminal or a log: control and format characters (line breaks, escape sequences, direction marks) are
     * written as escapes, what is over the limit is cut.
     */
    public static String safe(String text, int longest) {
        int plain = 0;
        while (plain < text.length() && plain < longest && harmless(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.substring(0, plain));
        for (int i = plain; i < text.length(); i++) {
            if (line.length() >= longest) {
                return line.append("...").toString();
            }
            char c = text.charAt(i);
            if (harmless(c)) {
                line.append(c);
            } else {
                line.append(c == '\n' ? "\\n" : c == '\t' ? " " : c == '\r' ? "\\r" : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return line.toString();
    }

    private static boolean harmless(char c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
    }
}
