package io.jenkins.plugins.ec2docker.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentAvailability;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run tells people: every line into the run's own log file, with time and level, and a bounded number of them onto the console of the
 * build that is attached. Secrets it was told of are masked in both.
 */
public final class RunLog implements AgentAvailability.Log {

    private static final Logger LOGGER = Logger.getLogger(RunLog.class.getName());
    /** Enough for every resource of the largest blueprint several times over; a page that shows more of it serves nobody. */
    private static final int MOST_CONSOLE_LINES = 5_000;
    private static final long MOST_FILE_BYTES = 20L << 20;
    /** What is shorter is masked as a word of its own alone: it stands in many a word by chance. */
    private static final int ANYWHERE = 8;
    private static final String MASK = "****";

    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private final BuildRunFiles records;
    private final Clock clock;
    /** Longest first, so that none is left in part because a shorter one is in it. */
    private final Set<String> secrets =
            new ConcurrentSkipListSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    @CheckForNull
    private TaskListener console;
    private int consoleLines;
    /** Up to here the console has what the file has. */
    private long seenByConsole;
    private boolean full;
    /** What an earlier controller has told, though it could not write down any more that it had. */
    private final List<String> already = new ArrayList<>();

    public RunLog(BuildRunFiles records, Clock clock) {
        this.records = records;
        this.clock = clock;
        this.seenByConsole = size();
    }

    /**
     * Takes up the log of a controller before this one, which may have stopped between telling something and writing down that it had: what stands
     * in the log and is told again is left out, until {@link #caughtUp}.
     *
     * @param bytes that the log had when it was written down last how much had been told
     */
    public synchronized void resume(long bytes) {
        if (seenByConsole > bytes) {
            try {
                lines(bytes).forEach(parts -> already.add(parts[2]));
            } catch (IOException e) {
                LOGGER.warning("Cannot read " + records.log() + ": " + e);
            }
        }
    }

    /** What was told before has been told again. @return bytes that the log has now, for {@link #resume} */
    public synchronized long caughtUp() {
        already.clear();
        return size();
    }

    /** From now on this text never appears. */
    public void hide(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
        }
    }

    @Override
    public void info(String text) {
        write(Level.INFO, text);
    }

    @Override
    public void warn(String text) {
        write(Level.WARN, text);
    }

    @Override
    public void error(String text) {
        write(Level.ERROR, text);
    }

    /** @param text may have several lines; each becomes one of the log */
    public void write(Level level, String text) {
        write(level, text, level != Level.DEBUG);
    }

    /** Into the file alone: what the build says itself, as the reason why it failed. */
    public void keep(Level level, String text) {
        write(level, text, false);
    }

    private synchronized void write(Level level, String text, boolean shown) {
        String time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        StringBuilder lines = new StringBuilder();
        for (String line : masked(text).lines().toList()) {
            if (already.remove(line)) {
                continue;
            }
            lines.append(time).append(' ').append(level.name().toLowerCase(Locale.ROOT)).append(' ').append(line).append('\n');
            if (shown) {
                print(line);
            }
        }
        append(lines.toString());
        if (console != null) {
            seenByConsole = size();
        }
    }

    /** Gives the console what came while there was none, then every line as it comes. */
    public synchronized void attach(TaskListener listener) {
        console = listener;
        Path file = records.log();
        if (Files.exists(file) && seenByConsole < size()) {
            try {
                lines(seenByConsole).filter(parts -> !parts[1].equals("debug")).forEach(parts -> print(parts[2]));
            } catch (IOException e) {
                LOGGER.warning("Cannot read " + file + ": " + e);
            }
        }
        seenByConsole = size();
    }

    public synchronized void detach() {
        console = null;
    }

    /** Time, level and text of each line from there on. */
    private Stream<String[]> lines(long offset) throws IOException {
        byte[] all = Files.readAllBytes(records.log());
        int from = (int) Math.min(offset, all.length);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8).lines().map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3);
    }

    private void print(String line) {
        if (console == null || consoleLines > MOST_CONSOLE_LINES) {
            return;
        }
        PrintStream out = console.getLogger();
        out.println(consoleLines++ < MOST_CONSOLE_LINES ? line : "Further lines are in the run's own log, on the build's page.");
        out.flush();
    }

    private void append(String lines) {
        if (full) {
            return;
        }
        Path file = records.log();
        full = size() > MOST_FILE_BYTES;
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The build may have been deleted. Nobody can be told there; the run goes on.
            LOGGER.fine(() -> "Cannot write " + file + ": " + e);
        }
    }

    private long size() {
        Path file = records.log();
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Without the secrets. */
    public String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            if (masked.contains(secret)) {
                masked = secret.length() >= ANYWHERE ? masked.replace(secret, MASK) : word(secret).matcher(masked).replaceAll(MASK);
            }
        }
        return masked;
    }

    private static Pattern word(String secret) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])");
    }
}
