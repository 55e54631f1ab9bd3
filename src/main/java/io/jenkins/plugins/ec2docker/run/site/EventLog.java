package io.jenkins.plugins.ec2docker.run.site;

import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventTail;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One action's events on the controller: a copy of Terraform's output that grows as it is fetched, and what the events came to.
 *
 * <p>The copy's size says how much has been fetched; another process that takes the run up reads it again from the beginning, and tells only
 * what had not been told. So no line is lost and none is told twice. For one thread at a time.
 */
public final class EventLog {

    private final Path copy;
    private final EventTail tail;
    private final Consumer<Event> teller;
    private final TerraformErrors errors;
    private Progress progress = Progress.NONE;
    private long told;

    /**
     * @param told how much of it has been told before
     * @param errors is given every event, for the sentence on a failure
     * @param teller is given the events after that
     */
    public EventLog(Path copy, long told, TerraformErrors errors, Consumer<Event> teller) throws IOException {
        this.copy = copy;
        this.tail = new EventTail(copy, 0);
        this.told = told;
        this.errors = errors;
        this.teller = teller;
        AtomicFile.createPrivateDirectories(Objects.requireNonNull(copy.getParent()));
    }

    /** Bytes that need not be fetched again. */
    public long fetched() throws IOException {
        return Files.exists(copy) ? Files.size(copy) : 0;
    }

    /** @param last whether nothing more will come */
    public void add(byte[] output, boolean last) throws IOException {
        if (output.length > 0) {
            Files.write(copy, output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        tail.drain(last, this::take);
    }

    /** To be kept, see the constructor. */
    public long told() {
        return told;
    }

    public TerraformErrors errors() {
        return errors;
    }

    public Progress progress() {
        return progress;
    }

    private void take(Event event) {
        errors.accept(event);
        progress = progress.after(event);
        if (tail.offset() > told) {
            teller.accept(event);
            told = tail.offset();
        }
    }
}
