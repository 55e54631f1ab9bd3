package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.process.TerraformProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks once at an action's Terraform: is it alive, what has it said since, has the state changed. One question, so one way there and back. */
public final class PollTerraformCall extends AgentCall<PollTerraformCall.Sight> {

    private static final long serialVersionUID = 1L;

    /** More comes with the next look; an answer must not fill anybody's memory. */
    private static final int MOST_BYTES = 256 * 1024;

    private final Action action;
    private final long offset;
    private final boolean interrupt;

    /**
     * @param offset bytes of output that are known already
     * @param interrupt whether Terraform shall be asked to stop; it gets one interrupt however often it is asked for
     */
    PollTerraformCall(Action action, long offset, boolean interrupt) {
        this.action = action;
        this.offset = offset;
        this.interrupt = interrupt;
    }

    /**
     * @param status as it was before the output was read; null if the action was never launched
     * @param output what came after the offset, perhaps not all of it; empty for an action that prints a document instead of events
     * @param complete whether the output is all that there is
     * @param stateStamp changes when the state file does; empty while there is none
     */
    public record Sight(@CheckForNull ProcessStatus status, byte[] output, boolean complete, String stateStamp) implements Serializable {
        private static final long serialVersionUID = 1L;

        public boolean isOver() {
            return status != null && status.isOver() && complete;
        }
    }

    @Override
    Sight answer(RunDirectories directories) throws IOException, InterruptedException {
        Optional<TerraformProcess> process = directories.process(action);
        if (process.isEmpty()) {
            return new Sight(null, new byte[0], true, "");
        }
        if (interrupt && !process.get().interrupted()) {
            process.get().interrupt();
        }
        ProcessStatus status = process.get().status();
        byte[] output = RunDirectories.printsEvents(action) ? output(process.get().files().stdout()) : new byte[0];
        return new Sight(status, output, output.length < MOST_BYTES, stamp(directories.stateFile()));
    }

    private byte[] output(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(offset, Files.size(file)));
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static String stamp(Optional<Path> state) throws IOException {
        return state.isEmpty() ? "" : Files.size(state.get()) + "@" + Files.getLastModifiedTime(state.get()).toMillis();
    }
}
