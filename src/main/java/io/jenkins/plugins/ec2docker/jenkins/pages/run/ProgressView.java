package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far the Terraform command is that is under way, and what it works on. */
@ExportedBean(defaultVisibility = 3)
public final class ProgressView {

    /** Terraform works on ten resources at a time. */
    private static final int MOST_ROWS = 10;

    private final Progress progress;
    private final List<Operation> operations;

    private ProgressView(Progress progress, Instant now) {
        this.progress = progress;
        this.operations = progress.current().stream()
                .limit(MOST_ROWS)
                .map(operation -> new Operation(operation, now))
                .toList();
    }

    static ProgressView of(Progress progress, Instant now) {
        return new ProgressView(progress, now);
    }

    /** One resource being worked on. */
    public static final class Operation {
        private final Progress.Operation operation;
        private final long seconds;
        private final long since;

        private Operation(Progress.Operation operation, Instant now) {
            this.operation = operation;
            this.seconds = operation.elapsed(now).toSeconds();
            // Whole seconds, so that the same operation gives the same moment each time it is asked.
            this.since = operation.at() == null ? 0 : now.minus(operation.elapsed(now)).toEpochMilli();
        }

        public String getAddress() {
            return StoredRunSummary.cut(operation.address(), 300);
        }

        public String getDoing() {
            return operation.action().doing();
        }

        public long getSince() {
            return since;
        }

        public String getTime() {
            return seconds < 10 ? seconds + " s" : TimeText.seconds(seconds);
        }

        String mark() {
            return operation.address() + "/" + operation.action() + "/" + operation.at() + "/" + operation.elapsedSeconds();
        }
    }

    /** Operations of the plan; 0 while that is not known. */
    @Exported
    public int getTotal() {
        return progress.total();
    }

    @Exported
    public int getDone() {
        return progress.done();
    }

    @Exported
    public int getFailed() {
        return progress.failed();
    }

    public List<Operation> getOperations() {
        return operations;
    }

    /** How many are done, and how many failed; empty while neither is known. */
    public String getText() {
        List<String> parts = new ArrayList<>();
        if (progress.total() > 0) {
            parts.add(Messages.ProgressView_Done(progress.done(), progress.total()));
        }
        if (progress.failed() > 0) {
            parts.add(Messages.ProgressView_Failed(progress.failed()));
        }
        return String.join(", ", parts);
    }

    /** 0 to 100, or -1 while the total is not known. */
    public int getPercent() {
        return progress.total() == 0 ? -1 : Math.min(100, 100 * (progress.done() + progress.failed()) / progress.total());
    }

    String mark() {
        return progress.total() + "/" + progress.done() + "/" + progress.failed() + operations.stream().map(Operation::mark).toList();
    }
}
