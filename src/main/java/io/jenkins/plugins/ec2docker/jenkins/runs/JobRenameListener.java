package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Takes the deployments of a job along when it, or a folder above it, is renamed or moved.
 *
 * <p>A run that is under way knows its files by the old place: there a link to the new one stays until no run needs it. What belongs to a
 * deleted job stays where it is, because it may still be in AWS.
 */
@Extension
public final class JobRenameListener extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(JobRenameListener.class.getName());

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        Path from = JobDeployments.directory(oldFullName);
        Path to = JobDeployments.directory(newFullName);
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS) || from.equals(to)) {
            return;
        }
        try {
            move(from, to);
            if (ActiveRuns.get().isAtWork(oldFullName)) {
                Files.createSymbolicLink(from, to);
                ActiveRuns.get().moved(oldFullName, newFullName);
            }
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e,
                    () -> "The deployments of " + oldFullName + ", now " + newFullName + ", could not all be moved from "
                            + from + " to " + to + ".");
        }
    }

    /** Where a job of that name was before, its deployments are not touched. */
    private static void move(Path from, Path to) throws IOException {
        if (Files.isSymbolicLink(to)) {
            Files.delete(to);
        }
        if (!Files.exists(to)) {
            Files.move(from, to);
            return;
        }
        for (Path deployment : children(from)) {
            Files.move(deployment, to.resolve(deployment.getFileName()));
        }
        Files.delete(from);
    }

    /** Removes links that no run needs any more. */
    static void tidy(ActiveRuns runs) {
        try {
            if (!runs.all().isEmpty() || runs.isAnythingClaimed()) {
                return;
            }
            for (Path each : children(PluginDirectory.path().resolve("deployments"))) {
                if (Files.isSymbolicLink(each)) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Links of renamed jobs are left.", e);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
