package io.jenkins.plugins.ec2docker.jenkins.store;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Which directory has the deployments of which job. The job's full name is in the directory's file {@code job.txt}. The directory's own name only
 * resembles the one that the job had first and never changes, so that a run under way keeps its files however its job is renamed.
 *
 * <p>What belongs to a deleted job keeps its name until another job gets it; then it is set apart under {@code NAME@1}, which no job can have.
 */
@Extension
public final class JobDirectories {

    private static final Logger LOGGER = Logger.getLogger(JobDirectories.class.getName());
    /** No deployment can have this name. */
    private static final String FILE = "job.txt";

    private final Path root = PluginDirectory.path().resolve("deployments");
    private final Map<Path, String> names = new HashMap<>();
    private final Map<String, Path> directories = new HashMap<>();
    private boolean read;

    public static JobDirectories get() {
        return ExtensionList.lookupSingleton(JobDirectories.class);
    }

    /** Full names of jobs, which may be gone, by directory. */
    synchronized Map<Path, String> all() {
        read();
        return new LinkedHashMap<>(names);
    }

    /** Empty for a job that has never had a deployment. Opens no file once all have been read. */
    synchronized Optional<Path> find(String job) {
        if (!read) {
            read();
        }
        Path known = directories.get(job);
        if (known != null && Files.isDirectory(known)) {
            return Optional.of(known);
        }
        Path usual = root.resolve(JobDirectoryName.of(job));
        return isFree(usual) && Files.isDirectory(usual) ? Optional.of(usual) : Optional.empty();
    }

    /** Also for a job that has none yet. */
    synchronized Path of(String job) {
        return find(job).orElseGet(() -> {
            String key = JobDirectoryName.of(job);
            Path free = root.resolve(key);
            for (int i = 2; !isFree(free); i++) {
                free = root.resolve(JobDirectoryName.another(key, i));
            }
            return free;
        });
    }

    /** Whether it is that of no other job. An earlier version of the plugin left links. */
    private boolean isFree(Path directory) {
        return !Files.isSymbolicLink(directory) && !(names.containsKey(directory) && Files.isDirectory(directory));
    }

    /** Makes the job's directory, where it has none. */
    public synchronized void make(String job) throws IOException {
        Path directory = AtomicFile.createPrivateDirectories(of(job));
        if (!Files.exists(directory.resolve(FILE))) {
            write(directory, job);
        }
        put(directory, job);
    }

    /**
     * A job, or a folder of jobs, has another name, or is elsewhere.
     *
     * @return new names by old ones, in the order in which they were given
     */
    public synchronized Map<String, String> rename(String from, String to) {
        Map<String, String> renamed = new LinkedHashMap<>();
        all().forEach((directory, job) -> {
            if (job.equals(from) || job.startsWith(from + "/")) {
                String now = to + job.substring(from.length());
                renamed.putAll(setApart(now));
                name(directory, now);
                renamed.put(job, now);
            }
        });
        return renamed;
    }

    /**
     * Gives another name to what belongs to a deleted job, because there is another job of its name now.
     *
     * @return the new name by the old one; empty if there is nothing
     */
    public synchronized Map<String, String> setApart(String job) {
        Optional<Path> directory = find(job);
        if (directory.isEmpty()) {
            return Map.of();
        }
        String apart = apart(job);
        LOGGER.info(() -> "What an earlier job " + job + ", which was deleted, has deployed is listed as that of " + apart + " now.");
        name(directory.get(), apart);
        return Map.of(job, apart);
    }

    /** {@code @} stands in no job's name: Jenkins forbids it. */
    private String apart(String job) {
        int i = 1;
        while (directories.containsKey(job + "@" + i)) {
            i++;
        }
        return job + "@" + i;
    }

    /** Where the name cannot be written it holds until Jenkins stops. */
    private void name(Path directory, String job) {
        put(directory, job);
        try {
            write(directory, job);
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e,
                    () -> "The deployments in " + directory + " belong to " + job + ", which cannot be written down. Write "
                            + job + " into " + directory.resolve(FILE) + " before Jenkins is restarted.");
        }
    }

    private void put(Path directory, String job) {
        directories.remove(names.put(directory, job), directory);
        directories.put(job, directory);
    }

    private static void write(Path directory, String job) throws IOException {
        AtomicFile.write(directory.resolve(FILE), job.getBytes(StandardCharsets.UTF_8));
    }

    private void read() {
        read = true;
        List<Path> there = list();
        names.keySet().retainAll(there);
        directories.values().retainAll(there);
        for (Path directory : there) {
            if (!names.containsKey(directory)) {
                try {
                    nameIn(directory).ifPresent(job -> put(directory, job));
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "The name of the job in " + directory + " cannot be read.");
                }
            }
        }
    }

    private static String fileName(Path directory) {
        return Objects.requireNonNull(directory.getFileName()).toString();
    }

    private List<Path> list() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(root)) {
            return directories.filter(each -> !Files.isSymbolicLink(each)).sorted().toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> root + " cannot be read.");
            return List.copyOf(names.keySet());
        }
    }

    /** Earlier versions of the plugin wrote none: there the directory's name tells it, where it was short enough to be kept whole. */
    private static Optional<String> nameIn(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.isRegularFile(file)) {
            return Optional.of(Files.readString(file).strip());
        }
        String key = fileName(directory);
        return JobDirectoryName.isWhole(key) ? Optional.of(JobDirectoryName.nameOf(key)) : Optional.empty();
    }

    /** Writes the names that earlier versions cut, once: those of jobs and runs that are there. Others are those of deleted jobs. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, before = InitMilestone.COMPLETED)
    public static void nameOld() throws IOException {
        JobDirectories here = get();
        List<Path> old = here.list().stream()
                .filter(each -> !JobDirectoryName.isWhole(fileName(each)) && !Files.exists(each.resolve(FILE)))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        Map<String, String> jobs = new HashMap<>();
        ActiveRunStore.here().list().forEach(run -> jobs.put(JobDirectoryName.of(run.job()), run.job()));
        Jenkins.get().allItems(Job.class).forEach(job -> jobs.put(JobDirectoryName.of(job.getFullName()), job.getFullName()));
        for (Path directory : old) {
            String key = fileName(directory);
            synchronized (here) {
                here.read();
                here.name(directory, jobs.containsKey(key) ? jobs.get(key) : here.apart(JobDirectoryName.nameOf(key)));
            }
        }
    }
}
