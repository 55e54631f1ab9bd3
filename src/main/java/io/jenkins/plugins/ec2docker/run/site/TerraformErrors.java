package io.jenkins.plugins.ec2docker.run.site;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Finds, in what Terraform tells, the sentence that says why it failed, and puts errors in the request's terms. */
public final class TerraformErrors implements Consumer<Event> {

    private static final String ERROR = "Error: ";

    private final Function<Event.Diagnostic, Optional<String>> requestField;

    @CheckForNull
    private Event.Diagnostic first;

    /** @param requestField the field of the request that an error is about, perhaps with its value */
    public TerraformErrors(Function<Event.Diagnostic, Optional<String>> requestField) {
        this.requestField = requestField;
    }

    @Override
    public void accept(Event event) {
        if (first == null && event instanceof Event.Diagnostic diagnostic && diagnostic.severity() == Event.Severity.ERROR
                && EventText.of(diagnostic).isPresent()) {
            first = diagnostic;
        }
    }

    /** Whether it is this error that {@link #outcome} quotes. */
    public boolean isReason(Event event) {
        return event == first;
    }

    /**
     * An error for people. Where it is about a field of the request, that stands in place of Terraform's address.
     *
     * @return empty for one that says nothing that others do not say
     */
    public Optional<String> text(Event.Diagnostic error) {
        Optional<String> field = error.severity() == Event.Severity.ERROR ? requestField.apply(error) : Optional.empty();
        if (field.isEmpty()) {
            return EventText.of(error);
        }
        Event.Diagnostic placeless = new Event.Diagnostic(error.severity(), error.summary(), error.detail(), null, null, 0);
        return EventText.of(placeless).map(text -> ERROR + field.get() + ": " + text.substring(ERROR.length()));
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
        String why = first != null ? sentence(text(first).orElse("")) : complaint.isBlank() ? String.valueOf(status) : complaint.strip();
        return Outcome.failed("terraform " + command + " failed. " + why);
    }

    private static String sentence(String text) {
        String line = text.lines().findFirst().orElse(text);
        return line.endsWith(".") ? line : line + ".";
    }
}
