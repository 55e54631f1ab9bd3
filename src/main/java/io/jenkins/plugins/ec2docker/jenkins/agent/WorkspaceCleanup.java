package io.jenkins.plugins.ec2docker.jenkins.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Workspaces of runs that are over, on agents that were away at that moment, and of what nobody takes up again after a restart: removed when
 * the agent is there again.
 */
public final class WorkspaceCleanup {

    private static final Logger LOGGER = Logger.getLogger(WorkspaceCleanup.class.getName());
    private static final ObjectMapper MAPPER = StoredJson.mapper();

    private final Path directory;

    private WorkspaceCleanup(Path directory) {
        this.directory = directory;
    }

    public static WorkspaceCleanup here() {
        return new WorkspaceCleanup(PluginDirectory.path().resolve("leftovers"));
    }

    public void add(AgentDirectory workspace) {
        try {
            AtomicFile.createPrivateDirectories(directory);
            AtomicFile.write(file(workspace), MAPPER.writeValueAsBytes(workspace));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> workspace + " has to be removed by hand.");
        }
    }

    /** Removes what was added before, now. Where it cannot be, it stays for later. */
    public void remove(AgentDirectory workspace) throws InterruptedException {
        try {
            workspace.ask(new WorkspaceCalls.Remove(), AgentDirectory.SECONDS);
            Files.deleteIfExists(file(workspace));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> workspace + " cannot be removed now.");
        }
    }

    private Path file(AgentDirectory workspace) {
        return directory.resolve(Util.getDigestOf(workspace.node() + "\n" + workspace.directory()) + ".json");
    }

    /** Removes what is left on one agent. */
    private void removeFrom(String node) throws IOException, InterruptedException {
        // A copy of this controller must not remove what the original still works with.
        if (!Files.isDirectory(directory) || !UnattendedWork.mayBegin()) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path file : files) {
            AgentDirectory workspace = MAPPER.readValue(Files.readAllBytes(file), AgentDirectory.class);
            if (workspace.node().equals(node)) {
                workspace.ask(new WorkspaceCalls.Remove(), AgentDirectory.SECONDS);
                Files.deleteIfExists(file);
            }
        }
    }

    /** Waits for agents. */
    @Extension
    public static final class OnOnline extends ComputerListener {
        @Override
        public void onOnline(Computer computer, TaskListener listener) throws InterruptedException {
            try {
                here().removeFrom(computer.getName());
            } catch (IOException e) {
                // Next time.
                LOGGER.log(Level.FINE, e, () -> "Not all leftovers on " + computer.getName() + " could be removed.");
            }
        }
    }
}
