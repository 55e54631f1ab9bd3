package io.jenkins.plugins.ec2docker.run.site;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Finds, in what Terraform tells, the sentence that says why it failed. */
public final class TerraformErrors implements Consumer<Event> {

    private final Function<String, Optional<String>> requestField;

    @CheckForNull
    private String first;
    @CheckForNull
    private String field;

    /** @param requestField which field of the request a Terraform address, which may be null, comes from */
    public TerraformErrors(Function<String, Optional<String>> requestField) {
        this.requestField = requestField;
    }

    @Override
    public void accept(Event event) {
        if (first == null && event instanceof Event.Diagnostic diagnostic && diagnostic.severity() == Event.Severity.ERROR) {
            first = EventText.of(diagnostic).orElse(null);
            field = requestField.apply(diagnostic.address()).orElse(null);
        }
    }

    /**
     * What the end of the command means.
     *
     * @param command Terraform's own name of it, such as {@code apply}
     * @param interrupted whether it was asked to stop
     * @param complaint what it said outside of its events, may be empty
     */
    public Outcome outcome(String command, ProcessStatus status, boolean interrupted, String complaint) {
        if (status.succeeded()) {
            return Outcome.done();
        }
        if (interrupted) {
            return Outcome.failed("terraform " + command + " was interrupted.");
        }
        if (status instanceof ProcessStatus.Vanished vanished) {
            return Outcome.failed(vanished.reason());
        }
        String why = first != null ? sentence(first) : complaint.isBlank() ? String.valueOf(status) : complaint.strip();
        String hint = field == null ? "" : " It comes from " + field + " in the request.";
        return Outcome.failed("terraform " + command + " failed. " + why + hint);
    }

    private static String sentence(String text) {
        String line = text.lines().findFirst().orElse(text);
        return line.endsWith(".") ? line : line + ".";
    }
}
