package io.jenkins.plugins.ec2docker.jenkins.store;

import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Every deployment of this Jenkins, whether or not the job and the builds that made it are still there. Read from disk when it is asked for,
 * so that a start of Jenkins costs nothing however many there are.
 */
public final class AllDeployments {

    private static final Logger LOGGER = Logger.getLogger(AllDeployments.class.getName());

    private static final ActiveDeployments LIVING = new ActiveDeployments();

    private AllDeployments() {}

    /** @param job full name of the job that made it, which may be gone */
    public record Entry(String job, Deployment deployment) {}

    /** Which deployment. */
    public record Key(String job, String deployment) {
        @Override
        public String toString() {
            return deployment + " of " + job;
        }
    }

    /**
     * One that has not been read.
     *
     * @param job full name of the job that made it, which may be gone
     * @param directory of the job's deployments
     */
    public record Place(String job, Path directory, DeploymentStore.Kept kept) {
        public static final Comparator<Place> LATEST_FIRST =
                Comparator.comparing(Place::kept, DeploymentStore.Kept.LATEST_FIRST).thenComparing(Place::job);

        /** Empty, with a line in the system log, where it cannot be read. */
        public Optional<Entry> read() {
            try {
                return new DeploymentStore(directory, new JenkinsEncryption()).find(kept.name())
                        .map(deployment -> new Entry(job, deployment));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Deployment " + kept.name() + " of " + job + " in " + directory + " cannot be read.");
                return Optional.empty();
            }
        }
    }

    /** Full names of all jobs that have, or have had, deployments; they may be gone. */
    public static List<String> jobs() {
        return List.copyOf(JobDirectories.get().all().values());
    }

    /** All, destroyed ones too, without reading any; in no order. */
    public static List<Place> places() {
        List<Place> found = new ArrayList<>();
        JobDirectories.get().all().forEach((directory, job) -> {
            try {
                new DeploymentStore(directory, new JenkinsEncryption()).kept().forEach(kept -> found.add(new Place(job, directory, kept)));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The deployments of " + job + " in " + directory + " cannot be read.");
            }
        });
        return found;
    }

    /** Those of which something is in AWS; cheap, because only what was changed since it was asked last is read. */
    public static List<Entry> living() {
        return LIVING.now();
    }

    /** All, destroyed ones too, each read from disk. What cannot be read is left out, with a line in the system log. */
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
        JobDirectories.get().all().forEach((directory, job) -> {
            if (item.isEmpty() || job.equals(item) || job.startsWith(item + "/")) {
                found.addAll(of(job, directory));
            }
        });
        return found;
    }

    private static List<Entry> of(String job, Path directory) {
        try {
            return new DeploymentStore(directory, new JenkinsEncryption()).list().stream().map(each -> new Entry(job, each)).toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The deployments of " + job + " in " + directory + " cannot be read.");
            return List.of();
        }
    }
}
