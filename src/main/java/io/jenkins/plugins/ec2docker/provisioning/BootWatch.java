package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.ConsoleOutput;
import io.jenkins.plugins.ec2docker.aws.Instances;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.bootstrap.BootLine;
import io.jenkins.plugins.ec2docker.bootstrap.BootLog;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows one boot on its instance's console, look by look, and tells each new step of it once. */
final class BootWatch {

    private final Instances instances;
    private final String instanceId;
    private final String runId;
    private final Consumer<String> notes;

    private String console = "";
    private BootLine line = new BootLine(BootLine.State.SILENT, "");
    private boolean live = true;

    /** @param runId the run whose id the boot's lines carry */
    BootWatch(Instances instances, String instanceId, String runId, Consumer<String> notes) {
        this.instances = instances;
        this.instanceId = instanceId;
        this.runId = runId;
        this.notes = notes;
    }

    /** Looks once; a boot that has ended is not looked at again. */
    BootLine.State look(SessionCredentials keys) throws AwsRefusal {
        if (line.isClosed()) {
            return line.state();
        }
        Optional<ConsoleOutput> output = instances.latestConsole(keys, instanceId);
        console = output.map(ConsoleOutput::text).orElse("");
        live = output.map(ConsoleOutput::live).orElse(true);
        BootLine now = BootLine.of(console, runId);
        if (now.state() == BootLine.State.BOOTING && !now.detail().isBlank() && !now.equals(line)) {
            notes.accept("Boot: " + BootLog.printable(now.detail()) + ".");
        }
        line = now;
        return line.state();
    }

    boolean isReady() {
        return line.state() == BootLine.State.READY;
    }

    /** Whether the boot's end can be expected to show; where it cannot, the service's own answer is as good a sign. */
    boolean isLive() {
        return live;
    }

    /** Why it failed, in the boot script's words. */
    String reason() {
        return BootLog.printable(line.detail());
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
        List<String> log = BootLog.of(console, runId);
        if (!log.isEmpty()) {
            notes.accept("From the console of instance " + instanceId + ":");
            log.forEach(notes);
        }
    }
}
