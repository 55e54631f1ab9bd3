package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.ConsoleOutput;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.bootstrap.BootConsole;
import io.jenkins.plugins.ec2docker.bootstrap.BootStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows one boot on its instance's console, look by look, and tells each new step of it once. */
public final class BootProgress {

    private final Instances instances;
    private final String instanceId;
    private final String runId;
    private final Consumer<String> notes;

    private String console = "";
    private BootStatus line = new BootStatus(BootStatus.State.SILENT, "");
    private boolean live = true;

    /** @param runId the run whose id the boot's lines carry */
    public BootProgress(Instances instances, String instanceId, String runId, Consumer<String> notes) {
        this.instances = instances;
        this.instanceId = instanceId;
        this.runId = runId;
        this.notes = notes;
    }

    /** Looks once; a boot that has ended is not looked at again. */
    BootStatus.State look(SessionCredentials keys) throws AwsException {
        if (line.isClosed()) {
            return line.state();
        }
        Optional<ConsoleOutput> output = instances.latestConsole(keys, instanceId);
        console = output.map(ConsoleOutput::text).orElse("");
        live = output.map(ConsoleOutput::live).orElse(true);
        BootStatus now = BootStatus.of(console, runId);
        if (now.state() == BootStatus.State.BOOTING && !now.detail().isBlank() && !now.equals(line)) {
            notes.accept("Boot: " + BootConsole.printable(now.detail()) + ".");
        }
        line = now;
        return line.state();
    }

    boolean isReady() {
        return line.state() == BootStatus.State.READY;
    }

    /** Whether the boot's end can be expected to show; where it cannot, the service's own answer is as good a sign. */
    boolean isLive() {
        return live;
    }

    /** Why it failed, in the boot script's words. */
    String reason() {
        return BootConsole.printable(line.detail());
    }

    /** Whether another run's boot is followed, which will not be repeated. */
    boolean isOf(String anyRunId) {
        return runId.equals(anyRunId);
    }

    /** How far it has come, as the end of a sentence. */
    String standing() {
        if (!live) {
            return "AWS does not show the console of this instance type while it boots (it is not built on Nitro): use another type, or give"
                    + " the request a health address";
        }
        return switch (line.state()) {
            case SILENT -> "its console shows no line of the boot script (run " + runId + ")";
            case BOOTING -> "the boot script has not ended, its step is \"" + reason() + "\"";
            case READY -> "the boot script has ended well";
            case FAILED -> "the boot script has failed";
        };
    }

    /** Tells what the console holds on why it failed. */
    void tellLog() {
        List<String> log = BootConsole.of(console, runId);
        if (!log.isEmpty()) {
            notes.accept("From the console of instance " + instanceId + ":");
            log.forEach(notes);
        }
    }
}
