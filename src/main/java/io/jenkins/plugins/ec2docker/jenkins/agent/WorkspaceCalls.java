package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** The rarer questions about what Terraform has left on an agent. */
final class WorkspaceCalls {

    private WorkspaceCalls() {}

    /** What Terraform said outside of its events. */
    static final class Complaint extends AgentCall<String> {
        private static final long serialVersionUID = 1L;
        private final Action action;

        Complaint(Action action) {
            this.action = action;
        }

        @Override
        String answer(RunDirectories directories) throws IOException {
            return directories.complaint(action);
        }
    }

    /** Whether anyone interrupted an action. */
    static final class Interrupted extends AgentCall<Boolean> {
        private static final long serialVersionUID = 1L;
        private final Action action;

        Interrupted(Action action) {
            this.action = action;
        }

        @Override
        Boolean answer(RunDirectories directories) throws IOException {
            return directories.isInterrupted(action);
        }
    }

    /** What the validation printed. */
    static final class ValidationDocument extends AgentCall<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        byte[] answer(RunDirectories directories) throws IOException {
            return directories.validation();
        }
    }

    /** The reviewed plan's document, compressed: it is verbose. May hold secrets. */
    static final class PlanDocument extends AgentCall<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        byte[] answer(RunDirectories directories) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream zip = new GZIPOutputStream(bytes)) {
                Files.copy(directories.files(Action.REVIEW).stdout(), zip);
            }
            return bytes.toByteArray();
        }
    }

    /** The newest state, alone in an array; an empty one where there is none. */
    static final class State extends AgentCall<byte[][]> {
        private static final long serialVersionUID = 1L;

        @Override
        byte[][] answer(RunDirectories directories) throws IOException {
            return directories.state().stream().toArray(byte[][]::new);
        }
    }

    /** Removes all of the run. */
    static final class Remove extends AgentCall<Void> {
        private static final long serialVersionUID = 1L;

        @Override
        @CheckForNull
        Void answer(RunDirectories directories) throws IOException {
            DirectoryTree.delete(Objects.requireNonNull(directories.workspace().getParent()));
            return null;
        }
    }
}
