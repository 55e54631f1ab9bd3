package io.jenkins.plugins.ec2docker.run.state;

import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessFiles;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.process.TerraformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Cleans up after runs whose engine was killed, before another run touches the deployment. Needs the deployment's lock.
 *
 * <p>A workspace that is still there belongs to such a run. Terraform may have outlived its engine: it is asked once to stop, and waited
 * for, because it saves what it has created. Then the state it left becomes a version like any other, and only then the workspace goes.
 * A kill in the midst of this leaves the workspace, and the next run does it again.
 */
public final class CrashRecovery {

    private final DeploymentStore store;
    private final Duration grace;
    private final Consumer<String> notes;

    public CrashRecovery(DeploymentStore store, Duration grace, Consumer<String> notes) {
        this.store = store;
        this.grace = grace;
        this.notes = notes;
    }

    /** @throws IOException if something cannot be brought to safety; then nothing else may be done with the deployment */
    public void of(String name) throws IOException, InterruptedException {
        for (String runId : store.leftoverWork(name)) {
            Path work = store.workDirectory(name, runId);
            stopTerraform(List.of(store.runDirectory(name, runId), work), runId);
            Optional<byte[]> state = new RunDirectories(work, store.runDirectory(name, runId)).state();
            if (state.isPresent() && StateReader.isWhole(state.get())) {
                store.states(name).add(runId, state.get());
            } else if (state.isPresent()) {
                notes.accept("Run " + runId + " could not write its state to the end; the one before it counts.");
            }
            DirectoryTree.delete(work);
            notes.accept("Run " + runId + " never came to its end. What it left has been taken over: the state is kept.");
        }
    }

    private void stopTerraform(List<Path> parents, String runId) throws IOException, InterruptedException {
        for (Path parent : parents) {
            try (Stream<Path> directories = Files.list(parent)) {
                for (Path directory : directories.filter(Files::isDirectory).toList()) {
                    stop(directory, runId);
                }
            }
        }
    }

    private void stop(Path directory, String runId) throws IOException, InterruptedException {
        TerraformProcess process;
        try {
            process = TerraformProcess.attach(directory);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!process.isAlive()) {
            markOver(directory);
            return;
        }
        notes.accept("Terraform of run " + runId + " is still at work although the run is not; it is asked to save and stop.");
        process.interrupt();
        ProcessStatus status = process.waitFor(grace);
        if (!status.isOver()) {
            throw new IOException("Terraform of run " + runId + " (process " + process.pid().orElse(-1)
                    + ") is still at work after " + grace.toSeconds() + " s. Wait for it to end, then try again.");
        }
        markOver(directory);
    }

    /** What it had locked may be given free from now on. */
    private static void markOver(Path directory) throws IOException {
        AtomicFile.write(new ProcessFiles(directory).over(), new byte[0]);
    }
}
