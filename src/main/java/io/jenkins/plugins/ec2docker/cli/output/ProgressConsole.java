package io.jenkins.plugins.ec2docker.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.site.EventConsole;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Shows a run on standard error: a line for each event and, on a terminal, one live line below that says how far it is. Where standard
 * error is no terminal there are only plain lines.
 */
public final class ProgressConsole implements RunObserver, AutoCloseable {

    private static final String ERASE = "\r\033[K";

    private final PrintWriter err;
    private final int columns;
    @CheckForNull
    private final ScheduledExecutorService ticker;
    private final Set<Action> announced = EnumSet.noneOf(Action.class);
    private final Instant begun = Instant.now();
    private Progress progress = Progress.NONE;
    private Action current = Action.PREPARE;
    private boolean live;

    /** @param columns width of the terminal, or 0 where there is none */
    private ProgressConsole(PrintWriter err, int columns) {
        this.err = err;
        this.columns = columns;
        ticker = columns > 0 ? Executors.newSingleThreadScheduledExecutor(ProgressConsole::daemon) : null;
        if (ticker != null) {
            ticker.scheduleAtFixedRate(this::tick, 200, 200, TimeUnit.MILLISECONDS);
        }
    }

    public static ProgressConsole of(CommandLine command) {
        return new ProgressConsole(command.getErr(), Integer.getInteger("ec2docker.columns", 0));
    }

    @Override
    public synchronized void changed(ProvisioningRun run) {
        for (ActionRecord record : run.actions()) {
            if (record.isUnderWay()) {
                current = record.action();
            } else if (announced.add(record.action())) {
                String message = Optional.ofNullable(record.outcome()).map(Outcome::message).orElse("");
                if (record.isFailed()) {
                    line("! " + record.action().stage().text() + ": " + message);
                } else if (!message.isEmpty()) {
                    line(message);
                }
            }
        }
    }

    @Override
    public synchronized void event(Action action, Event event) {
        if (action == Action.PLAN || action.changesAws()) {
            progress = progress.after(event);
        }
        EventConsole.line(action, event).ifPresent(this::line);
    }

    @Override
    public synchronized void note(String sentence) {
        line(sentence);
    }

    @Override
    public synchronized void close() {
        if (ticker != null) {
            ticker.shutdownNow();
            erase();
        }
    }

    private void line(String text) {
        erase();
        err.println(text);
        err.flush();
    }

    private synchronized void tick() {
        Instant now = Instant.now();
        long seconds = java.time.Duration.between(begun, now).toSeconds();
        String text =
                String.format(Locale.ROOT, "[%d:%02d] %s: %s", seconds / 60, seconds % 60, current.stage().text(), progress.line(now));
        err.print(ERASE + (text.length() < columns ? text : text.substring(0, columns - 1)));
        err.flush();
        live = true;
    }

    private void erase() {
        if (live) {
            err.print(ERASE);
            live = false;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ec2-docker progress");
        thread.setDaemon(true);
        return thread;
    }
}
