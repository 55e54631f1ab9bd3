package io.jenkins.plugins.ec2docker.jenkins.store;

import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The {@link BuildRunFiles} of runs that have no build, which go with none: {@code orphans/JOB/BUILD/RUN/}, where JOB is the name of the job's
 * directory and BUILD is 0 where there never was one.
 */
public final class OrphanRunFiles {

    private static final Logger LOGGER = Logger.getLogger(OrphanRunFiles.class.getName());
    private static final String LOG = "log";

    private OrphanRunFiles() {}

    static Path root() {
        return PluginDirectory.path().resolve("orphans");
    }

    private record Orphan(Path directory, Instant written) {
        String run() {
            return Objects.requireNonNull(directory.getFileName()).toString();
        }
    }

    /** Removes those beyond the limits, of each job. What stands in a deployment's history stays with it, and what is under way stays. */
    public static void prune(Retention limits, Instant now) throws IOException {
        for (Path job : children(root())) {
            try {
                prune(job, limits, now);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Logs of runs without a build in " + job + " cannot be removed.");
            }
        }
    }

    private static void prune(Path job, Retention limits, Instant now) throws IOException {
        List<Orphan> orphans = new ArrayList<>();
        for (Path build : children(job)) {
            for (Path run : children(build)) {
                orphans.add(new Orphan(run, written(run)));
            }
        }
        if (orphans.isEmpty()) {
            return;
        }
        Set<String> needed = new HashSet<>();
        // Only now: what has begun since they were listed is not among them.
        ActiveRunStore.here().list().forEach(run -> needed.add(run.runId()));
        Path deployments = PluginDirectory.path().resolve("deployments").resolve(Objects.requireNonNull(job.getFileName()));
        new DeploymentStore(deployments, new JenkinsEncryption()).list()
                .forEach(each -> each.runs().stream().map(RunSummary::id).forEach(needed::add));
        orphans.removeIf(orphan -> needed.contains(orphan.run()));
        orphans.sort(Comparator.comparing(Orphan::written));
        Instant since = limits.since(orphans.stream().map(Orphan::written).toList(), now);
        for (Orphan orphan : orphans) {
            if (orphan.written().isBefore(since)) {
                delete(orphan.directory());
            }
        }
    }

    /** By the log, which is written to the end of the run; before there is one, the run has just begun. */
    private static Instant written(Path run) throws IOException {
        Path log = run.resolve(LOG);
        return Files.getLastModifiedTime(Files.exists(log) ? log : run).toInstant();
    }

    /** The log last: whoever is killed in between leaves what is as old as before. */
    private static void delete(Path run) throws IOException {
        for (Path file : children(run)) {
            if (!file.equals(run.resolve(LOG))) {
                Files.deleteIfExists(file);
            }
        }
        DirectoryTree.delete(run);
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }
}
