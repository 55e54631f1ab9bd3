package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which controller the store belongs to, as the store's file {@code controller.json} says it.
 *
 * <p>The file says itself when it came into being, as its file system has it. That time is the one thing that neither a copy nor a restored backup
 * has: either gives a file another time, or leaves an older content in a file that is younger.
 *
 * @param epoch rises with each writing
 * @param process random, of the process that wrote it
 * @param written by the controller's clock
 * @param born by the clock of the file system; null where it does not say so reliably
 */
record ControllerBinding(ControllerIdentity controller, long epoch, String process, Instant written, @CheckForNull Instant born) {

    private static final String FILE = "controller.json";
    /** File systems that know no time of birth have that of the last writing in its place, which is a moment later. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);
    /** Windows gives a file that replaces another one the other's time. */
    private static final boolean RELIABLE = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    /** As it was found. */
    record Found(ControllerBinding binding, @CheckForNull Instant born) {

        /** Why the store is not the controller's own, a sentence each; empty where it is. */
        List<String> differences(ControllerIdentity here) {
            List<String> found = new ArrayList<>(binding.controller.differences(here));
            Instant said = binding.born;
            if (born != null && said != null && Duration.between(said, born).abs().compareTo(TOLERANCE) > 0) {
                found.add(Messages.Difference_Restored(binding.epoch, said, born));
            }
            return found;
        }
    }

    /**
     * @return empty for a store of before there were such files
     * @throws IOException if it cannot be read, or makes no sense
     */
    static Optional<Found> find(Path store) throws IOException {
        Path file = store.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ControllerBinding binding = StoredJson.mapper().readValue(Files.readAllBytes(file), ControllerBinding.class);
        if (binding == null || binding.controller == null || binding.process == null || binding.written == null) {
            throw new IOException(file + " names no controller.");
        }
        return Optional.of(new Found(binding, born(file)));
    }

    static ControllerBinding write(Path store, ControllerIdentity here, long epoch, String process, Instant now) throws IOException {
        AtomicFile.createPrivateDirectories(store);
        ControllerBinding[] made = new ControllerBinding[1];
        AtomicFile.write(store.resolve(FILE), file -> {
            made[0] = new ControllerBinding(here, epoch, process, now, born(file));
            return StoredJson.mapper().writeValueAsBytes(made[0]);
        });
        return made[0];
    }

    @CheckForNull
    private static Instant born(Path file) throws IOException {
        return RELIABLE ? Files.readAttributes(file, BasicFileAttributes.class).creationTime().toInstant() : null;
    }
}
