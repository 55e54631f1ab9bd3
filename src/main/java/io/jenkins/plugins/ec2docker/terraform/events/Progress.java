package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * How far one Terraform command is, folded from its events. A replaced resource counts twice: it is destroyed and created.
 *
 * @param total operations that the plan announced; grows while it is read, 0 while nothing is known
 * @param done of them, ended well
 * @param failed of them, ended in an error
 * @param refreshed resources whose real state was read
 * @param current operations under way, oldest first; at most {@link #MOST_CURRENT} are kept (Terraform itself runs 10 at a time)
 * @param errors diagnostics so far
 * @param warnings diagnostics so far
 */
public record Progress(int total, int done, int failed, int refreshed, List<Operation> current, int errors, int warnings) {
    private static final int MOST_CURRENT = 50;

    public static final Progress NONE = new Progress(0, 0, 0, 0, List.of(), 0, 0);

    public Progress {
        current = List.copyOf(current);
    }

    /**
     * One resource being worked on.
     *
     * @param at when it began, RFC 3339 as Terraform wrote it; null if it did not
     * @param elapsedSeconds as Terraform last said, every ten seconds
     */
    public record Operation(String address, ChangeAction action, @CheckForNull String at, int elapsedSeconds) {
        /** By the clock, where Terraform told when it began; else what it last said. */
        public Duration elapsed(Instant now) {
            try {
                Duration time = at == null ? Duration.ZERO : Duration.between(OffsetDateTime.parse(at).toInstant(), now);
                return at == null || time.isNegative() ? Duration.ofSeconds(elapsedSeconds) : time;
            } catch (DateTimeException e) {
                return Duration.ofSeconds(elapsedSeconds);
            }
        }
    }

    public Progress after(Event event) {
        if (event instanceof Event.ApplyProgress progress) {
            return with(done, failed, elapsed(progress));
        }
        if (event instanceof Event.ApplyStart start) {
            return start.action().changesSomething() ? with(done, failed, begun(start)) : this;
        }
        if (event instanceof Event.ApplyComplete complete) {
            return complete.action().changesSomething() ? with(done + 1, failed, without(complete.address())) : this;
        }
        if (event instanceof Event.ApplyErrored errored) {
            return errored.action().changesSomething() ? with(done, failed + 1, without(errored.address())) : this;
        }
        if (event instanceof Event.RefreshComplete) {
            return new Progress(total, done, failed, refreshed + 1, current, errors, warnings);
        }
        if (event instanceof Event.PlannedChange planned) {
            int operations = planned.action() == ChangeAction.REPLACE ? 2 : planned.action().changesSomething() ? 1 : 0;
            return operations == 0 ? this : new Progress(total + operations, done, failed, refreshed, current, errors, warnings);
        }
        if (event instanceof Event.Diagnostic diagnostic) {
            boolean error = diagnostic.severity() == Event.Severity.ERROR;
            return new Progress(total, done, failed, refreshed, current, errors + (error ? 1 : 0), warnings + (error ? 0 : 1));
        }
        return this;
    }

    /** One line for a person, such as {@code 2 of 9 done, creating aws_instance.this (12 s)}. */
    public String line(Instant now) {
        StringBuilder line = new StringBuilder();
        if (total > 0) {
            line.append(done).append(" of ").append(total).append(" done");
        } else {
            line.append(refreshed > 0 ? refreshed + " read" : "working");
        }
        if (failed > 0) {
            line.append(", ").append(failed).append(" failed");
        }
        if (!current.isEmpty()) {
            Operation oldest = current.get(0);
            line.append(", ").append(oldest.action().doing()).append(' ').append(EventText.safe(oldest.address(), 80))
                    .append(" (").append(EventText.seconds(oldest.elapsed(now).toSeconds())).append(')');
        }
        if (current.size() > 1) {
            line.append(" and ").append(current.size() - 1).append(" more");
        }
        return line.toString();
    }

    private Progress with(int nowDone, int nowFailed, List<Operation> nowCurrent) {
        return new Progress(total, nowDone, nowFailed, refreshed, nowCurrent, errors, warnings);
    }

    private List<Operation> begun(Event.ApplyStart start) {
        int count = current.size();
        if (count >= MOST_CURRENT) {
            return current;
        }
        Operation[] operations = current.toArray(new Operation[count + 1]);
        operations[count] = new Operation(start.address(), start.action(), start.at(), 0);
        return List.of(operations);
    }

    private List<Operation> elapsed(Event.ApplyProgress progress) {
        int index = index(progress.address());
        if (index < 0) {
            return current;
        }
        Operation[] operations = current.toArray(new Operation[0]);
        Operation before = operations[index];
        operations[index] = new Operation(before.address(), before.action(), before.at(), progress.elapsedSeconds());
        return List.of(operations);
    }

    private List<Operation> without(String address) {
        int index = index(address);
        if (index < 0) {
            return current;
        }
        List<Operation> operations = new ArrayList<>(current);
        operations.remove(index);
        return List.copyOf(operations);
    }

    private int index(String address) {
        for (int i = 0; i < current.size(); i++) {
            if (current.get(i).address().equals(address)) {
                return i;
            }
        }
        return -1;
    }
}
