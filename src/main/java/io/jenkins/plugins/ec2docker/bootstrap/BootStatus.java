package io.jenkins.plugins.ec2docker.bootstrap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instance's console says of one run's boot: the last closing line that carries the run's id, or how far the boot has come.
 *
 * @param state how it stands
 * @param detail the reason where it failed, the latest step where it goes on, otherwise empty
 */
public record BootStatus(State state, String detail) {
    /** How a boot stands. */
    public enum State {
        /** The console has no line of this run yet. EC2 shows what is new on a console only after a while. */
        SILENT,
        /** The boot script has begun and has not ended. */
        BOOTING,
        /** All containers are well. */
        READY,
        /** The boot has ended in vain. */
        FAILED
    }

    /**
     * A line of the boot script's own, bare or, where cloud-init repeats its output on the console, behind cloud-init's prefix. Only at the
     * beginning of a line: what containers log is shown on the console as well, and always behind the container's name.
     */
    private static final Pattern LINE = Pattern.compile(
            "^(?:\\[ *\\d+\\.\\d+] )?(?:cloud-init\\[\\d+]: )?ec2-docker: "
                    + "(?:(?<marked>started|ready|failed: (?<reason>.*)) \\(run (?<run>[^ ()]+)\\)|(?<step>[^|\\n\\r]*))\\r*$",
            Pattern.MULTILINE | Pattern.UNIX_LINES);

    /** Reads a console, oldest line first, as {@code GetConsoleOutput} gives it once decoded. */
    public static BootStatus of(String console, String runId) {
        BootStatus latest = new BootStatus(State.SILENT, "");
        for (Matcher line = LINE.matcher(console); line.find();) {
            latest = latest.after(line, runId);
        }
        return latest;
    }

    /** Whether a closing line has been found: nothing more is to be waited for. */
    public boolean isClosed() {
        return state == State.READY || state == State.FAILED;
    }

    private BootStatus after(Matcher line, String runId) {
        String marked = line.group("marked");
        if (marked == null) {
            // A step names no run: it belongs to the one that has begun.
            return state == State.BOOTING ? new BootStatus(State.BOOTING, line.group("step")) : this;
        }
        if (!line.group("run").equals(runId)) {
            return this;
        }
        return switch (marked) {
            case "started" -> new BootStatus(State.BOOTING, "");
            case "ready" -> new BootStatus(State.READY, "");
            default -> new BootStatus(State.FAILED, line.group("reason"));
        };
    }
}
