package io.jenkins.plugins.ec2docker.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an instance's console that says why a boot failed: what the boot script showed of commands and containers that are not well.
 * Printable and bounded, for the console's text is whatever anybody on the instance wrote there.
 */
public final class BootConsole {
    /** Twenty lines of each of some containers, which is what the boot script shows of one. */
    static final int MOST_LINES = 100;
    /** What the boot script cuts lines to. */
    static final int LONGEST_LINE = 400;
    /** Enough to see where an instance stands whose boot script never began. */
    static final int LAST_LINES = 20;

    private static final Pattern SHOWN = Pattern.compile(
            "(?<repeated>(?:\\[ *\\d+\\.\\d+] )?cloud-init\\[\\d+]: )?(?<line>ec2-docker: (?:[^|]*\\| .*|container \\S+ is .*))");

    private BootConsole() {}

    /**
     * What belongs to one run's boot, its last one, oldest first and without its closing line; where the boot script has never begun, the
     * console's last lines of any kind.
     *
     * @param console as {@code GetConsoleOutput} gives it once decoded
     */
    public static List<String> of(String console, String runId) {
        int start = console.lastIndexOf("ec2-docker: started (run " + runId + ")");
        if (start < 0) {
            return last(console.lines().map(BootConsole::printable).filter(line -> !line.isBlank()).toList(), LAST_LINES);
        }
        Deque<String> bare = new ArrayDeque<>();
        Deque<String> repeated = new ArrayDeque<>();
        for (String text : console.substring(start).lines().map(BootConsole::printable).toList()) {
            Matcher shown = SHOWN.matcher(text);
            if (shown.matches()) {
                (shown.group("repeated") == null ? bare : repeated).add(shown.group("line"));
            }
        }
        // cloud-init repeats the script's output on some consoles: one of both is enough.
        return last(List.copyOf(bare.isEmpty() ? repeated : bare), MOST_LINES);
    }

    /** Without control characters, and cut. */
    public static String printable(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "");
        return printable.length() <= LONGEST_LINE ? printable : printable.substring(0, LONGEST_LINE);
    }

    private static List<String> last(List<String> lines, int count) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
