package io.jenkins.plugins.ec2docker.run.store;

import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Removes what a {@link Retention} does not keep, with the deployment's lock in hand.
 *
 * <p>The record forgets first, and only then files go: a kill in between leaves files that no record names, never a record of what is gone,
 * and the next pass removes the rest. Of a deployment that goes whole, the record forgets its runs first and goes itself last but the lock.
 */
public final class HistoryPruning {

    private final DeploymentStore store;
    private final Retention limits;
    private final String who;

    /** @param who the person or the work, as the lock names them */
    public HistoryPruning(DeploymentStore store, Retention limits, String who) {
        this.store = store;
        this.limits = limits;
        this.who = who;
    }

    /**
     * What went.
     *
     * @param whole whether the deployment itself did
     */
    public record Removed(Set<String> runs, int states, boolean whole) {

        public Removed {
            runs = Set.copyOf(runs);
        }

        @Override
        public String toString() {
            return whole ? "all that was kept of it" : "what was kept of " + runs.size() + " runs and " + states + " state versions";
        }
    }

    /** One of the deletions, which follow each other. */
    interface Step {
        void take() throws IOException;
    }

    /** @param rest the mere frame of a deployment that has gone whole, or never began */
    record Due(List<Step> steps, Removed removed, boolean rest) {
        static final Due NOTHING = new Due(List.of(), new Removed(Set.of(), 0, false), false);
    }

    /** Whether there is anything to remove. Takes no lock and changes nothing. */
    public boolean isDue(String name, Instant now) throws IOException {
        return !due(name, now).steps().isEmpty();
    }

    /**
     * Removes it.
     *
     * @return empty where there was nothing to tell of
     * @throws DeploymentLock.Held if something works on the deployment; then nothing went
     */
    public Optional<Removed> of(String name, Instant now) throws IOException, DeploymentLock.Held {
        if (!isDue(name, now)) {
            return Optional.empty();
        }
        Due due;
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(Ids.newRunId(now), Purpose.PLAN, who, now))) {
            due = due(name, now);
            for (Step step : due.steps()) {
                step.take();
            }
        }
        if (due.removed().whole() || due.rest()) {
            deleteEmpty(store.directory(name));
        }
        return due.steps().isEmpty() || due.rest() ? Optional.empty() : Optional.of(due.removed());
    }

    /** What is to be done now; nothing where a run is under way, or was killed and has not been cleaned up after. */
    Due due(String name, Instant now) throws IOException {
        if (!store.leftoverWork(name).isEmpty()) {
            return Due.NOTHING;
        }
        Optional<Deployment> known = store.find(name);
        if (known.isEmpty()) {
            return rest(store.directory(name));
        }
        return limits.isPast(known.get(), now) ? whole(known.get()) : history(known.get(), now);
    }

    private Due history(Deployment deployment, Instant now) throws IOException {
        Instant since = limits.since(deployment, now);
        if (since.equals(Instant.MIN)) {
            return Due.NOTHING;
        }
        List<StateVersions.Version> versions = store.states(deployment.name()).list();
        StateVersions.Version latest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
        Deployment kept = limits.shortened(deployment, latest == null ? null : latest.runId(), now);
        List<Step> steps = new ArrayList<>();
        Set<String> runs = new TreeSet<>(deployment.runs().stream().map(RunSummary::id).filter(run -> kept.run(run).isEmpty()).toList());
        if (!runs.isEmpty()) {
            steps.add(() -> store.saveShortened(kept));
        }
        int states = 0;
        for (StateVersions.Version version : versions) {
            Instant written = Files.getLastModifiedTime(version.file()).toInstant();
            if (!version.equals(latest) && Retention.isPast(kept, version.runId(), written, since)) {
                steps.add(() -> Files.deleteIfExists(version.file()));
                states++;
            }
        }
        for (Path run : children(store.directory(deployment.name()).resolve("runs"))) {
            if (kept.run(name(run)).isEmpty()) {
                steps.add(() -> DirectoryTree.delete(run));
                runs.add(name(run));
            }
        }
        return new Due(steps, new Removed(runs, states, false), false);
    }

    private Due whole(Deployment deployment) throws IOException {
        Path directory = store.directory(deployment.name());
        List<Step> steps = new ArrayList<>();
        steps.add(() -> store.saveShortened(deployment.toBuilder().runs(List.of()).build()));
        List<Path> children = children(directory);
        children.stream().filter(Files::isDirectory).forEach(child -> steps.add(() -> DirectoryTree.delete(child)));
        children.stream()
                .filter(child -> !Files.isDirectory(child) && !Set.of(DeploymentStore.FILE, DeploymentStore.LOCK).contains(name(child)))
                .forEach(child -> steps.add(() -> Files.deleteIfExists(child)));
        steps.add(() -> Files.deleteIfExists(directory.resolve(DeploymentStore.FILE)));
        steps.add(() -> Files.deleteIfExists(directory.resolve(DeploymentStore.LOCK)));
        return new Due(steps, new Removed(Set.of(), 0, true), false);
    }

    /** Of a directory without a record only its frame goes: other files stay, because their record may have been lost by accident. */
    private static Due rest(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Due.NOTHING;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            if (files.anyMatch(file -> !Files.isDirectory(file) && !file.equals(directory.resolve(DeploymentStore.LOCK)))) {
                return Due.NOTHING;
            }
        }
        List<Step> steps = new ArrayList<>();
        children(directory).stream().filter(Files::isDirectory).forEach(child -> steps.add(() -> DirectoryTree.delete(child)));
        steps.add(() -> Files.deleteIfExists(directory.resolve(DeploymentStore.LOCK)));
        return new Due(steps, Due.NOTHING.removed(), true);
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    /** Another may have begun one of that name meanwhile. */
    private static void deleteEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // It stays.
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
