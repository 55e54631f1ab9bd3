package io.jenkins.plugins.ec2docker.terraform.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventTail;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One Terraform command that runs (or ran) apart from this JVM, known by its run directory alone.
 *
 * <p>What must hold: the command outlives every JVM that looks at it; any JVM on the same machine can {@link #attach} later and learns the same;
 * it is interrupted at most once, whoever asks; and the answer "vanished" is given only when neither the command nor the guard that would
 * record its exit code is alive any more.
 */
public final class TerraformProcess {
    /** How long a launched command may take until it has begun; a loaded machine needs a second, not more. */
    private static final Duration BEGIN = Duration.ofSeconds(30);

    private final ProcessFiles files;

    TerraformProcess(ProcessFiles files) {
        this.files = files;
    }

    /**
     * @param runDirectory as given to {@link DetachedLauncher#start}, perhaps by another JVM
     * @throws NoSuchFileException nothing was ever launched there
     */
    public static TerraformProcess attach(Path runDirectory) throws IOException {
        ProcessFiles files = new ProcessFiles(runDirectory);
        if (!Files.exists(files.script())) {
            throw new NoSuchFileException(runDirectory.toString(), null, "no process was launched in this directory");
        }
        return new TerraformProcess(files);
    }

    public ProcessFiles files() {
        return files;
    }

    /** The state of things now; never waits. */
    public ProcessStatus status() throws IOException {
        Optional<ProcessStatus.Finished> finished = finished();
        if (finished.isPresent()) {
            return finished.get();
        }
        Optional<ProcessIdentity> identity = ProcessIdentity.read(files.pid());
        if (identity.isEmpty()) {
            return notBegun();
        }
        ProcessIdentity process = identity.get();
        if (process.commandAlive() || process.guardAlive()) {
            return new ProcessStatus.Running(process.pid());
        }
        // The guard writes the exit code as its last act, perhaps since the first look.
        finished = finished();
        if (finished.isPresent()) {
            return finished.get();
        }
        return new ProcessStatus.Vanished(process.sameBoot()
                ? "Terraform (process " + process.pid() + ") was killed together with the process that watched it."
                : "The machine was restarted while Terraform ran.");
    }

    /** Empty until the command has begun. */
    public OptionalLong pid() throws IOException {
        return ProcessIdentity.read(files.pid()).map(process -> OptionalLong.of(process.pid())).orElse(OptionalLong.empty());
    }

    public boolean isAlive() throws IOException {
        return !status().isOver();
    }

    /** Empty while it runs, and for ever when it vanished. */
    public OptionalInt exitCode() throws IOException {
        return status() instanceof ProcessStatus.Finished finished ? OptionalInt.of(finished.exitCode()) : OptionalInt.empty();
    }

    /**
     * Asks Terraform to save and stop: SIGINT to its own pid, never to its providers, and never a second time, whichever JVM asks; on a second
     * one Terraform exits at once and may lose what it was creating.
     *
     * @return whether this call sent it; false when it was sent before or there is nothing left to interrupt
     */
    public boolean interrupt() throws IOException, InterruptedException {
        begin();
        Process kill = new ProcessBuilder(DetachedCommand.interrupt(files.script().toString(), files.directory().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.launcherLog().toFile()))
                .start();
        if (!kill.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("launch.sh interrupt did not end within 30 seconds; see " + files.launcherLog());
        }
        return kill.exitValue() == 0;
    }

    /** Whether anyone interrupted it. */
    public boolean interrupted() {
        return Files.exists(files.interrupted());
    }

    /**
     * Waits for its end.
     *
     * @return the end, or what it was doing when the time was over
     */
    public ProcessStatus waitFor(Duration timeout) throws IOException, InterruptedException {
        return follow(null, event -> {}, timeout);
    }

    /**
     * Passes on Terraform's events as they are written, until its end or until the time is over; call again to go on. At the end all lines
     * have been passed on, a last one without a line break too.
     *
     * @param tail where to go on reading, see {@link #events}; null to read nothing
     */
    public ProcessStatus follow(@CheckForNull EventTail tail, Consumer<Event> consumer, Duration timeout)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        try (DirectoryWatch watch = new DirectoryWatch(files.directory(), tail != null)) {
            while (true) {
                ProcessStatus status = status();
                if (tail != null) {
                    tail.drain(status.isOver(), consumer);
                }
                long left = end - System.nanoTime();
                if (status.isOver() || left <= 0) {
                    return status;
                }
                watch.await(Duration.ofNanos(left));
            }
        }
    }

    /** @param offset 0, or what {@link EventTail#offset()} gave earlier, perhaps in another JVM */
    public EventTail events(long offset) {
        return new EventTail(files.stdout(), offset);
    }

    /** Waits until the command has begun, or is given up as one that never did. */
    ProcessStatus begin() throws IOException, InterruptedException {
        try (DirectoryWatch watch = new DirectoryWatch(files.directory(), false)) {
            while (true) {
                ProcessStatus status = status();
                if (!(status instanceof ProcessStatus.Starting)) {
                    return status;
                }
                watch.await(BEGIN);
            }
        }
    }

    /** The JVM may have died between preparing the launch and launching; so a launch gets its time and is then ruled out for good. */
    private ProcessStatus notBegun() throws IOException {
        if (!Files.exists(files.pid())) {
            Instant launched = Files.getLastModifiedTime(files.script()).toInstant();
            if (Instant.now().isBefore(launched.plus(BEGIN))) {
                return new ProcessStatus.Starting();
            }
            try {
                // Where this name is taken the launching script does not begin the command.
                Files.writeString(files.pid(), "given up\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                return new ProcessStatus.Starting(); // it began at the last moment
            }
        }
        return ProcessIdentity.read(files.pid()).isPresent()
                ? new ProcessStatus.Starting()
                : new ProcessStatus.Vanished("Terraform was launched but never began." + complaint());
    }

    /** What the launching script had to say, as more sentences; empty for nothing. */
    private String complaint() throws IOException {
        if (!Files.exists(files.launcherLog())) {
            return "";
        }
        String last = Files.readString(files.launcherLog()).lines().filter(line -> !line.isBlank()).reduce("", (some, next) -> next);
        if (last.isEmpty()) {
            return "";
        }
        boolean notFound = last.contains("not found") || last.contains("No such file");
        return " Its launching script said: " + EventText.safe(last, 300)
                + (notFound ? ". Is the PATH here without the directories of sh, env and sed, such as /usr/bin and /bin?" : ".");
    }

    private Optional<ProcessStatus.Finished> finished() throws IOException {
        try {
            return Optional
                    .of(new ProcessStatus.Finished(Integer.parseInt(Files.readString(files.exit(), StandardCharsets.US_ASCII).strip())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException(files.exit() + " does not hold an exit code", e);
        }
    }
}
