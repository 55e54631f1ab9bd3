package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Every deployment of this Jenkins, whether or not the job and the builds that made it are still there. Read from disk when it is asked for,
 * so that a start of Jenkins costs nothing however many there are.
 */
public final class Registry {

    private static final Logger LOGGER = Logger.getLogger(Registry.class.getName());

    private Registry() {}

    /** @param job full name of the job that made it, which may be gone */
    public record Entry(String job, Deployment deployment) {}

    /** Which deployment. */
    record Key(String job, String deployment) {
        @Override
        public String toString() {
            return deployment + " of " + job;
        }
    }

    /** All, destroyed ones too. What cannot be read is left out, with a line in the system log. */
    public static List<Entry> entries() {
        return entries("");
    }

    /**
     * Those of one job, or of all jobs in a folder.
     *
     * @param item full name of the job or folder; empty for all
     */
    public static List<Entry> entries(String item) {
        List<Entry> found = new ArrayList<>();
        for (Path directory : jobs()) {
            String job = JobKey.nameOf(directory.getFileName().toString());
            if (item.isEmpty() || job.equals(item) || job.startsWith(item + "/")) {
                found.addAll(of(job, directory));
            }
        }
        return found;
    }

    private static List<Path> jobs() {
        Path root = LiveRuns.directory().resolve("deployments");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(root)) {
            // A link stands for a job that has another name by now.
            return directories.filter(each -> !Files.isSymbolicLink(each)).sorted().toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> root + " cannot be read.");
            return List.of();
        }
    }

    private static List<Entry> of(String job, Path directory) {
        try {
            return new DeploymentStore(directory, new JenkinsSeal()).list().stream().map(each -> new Entry(job, each)).toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The deployments of " + job + " in " + directory + " cannot be read.");
            return List.of();
        }
    }
}
