package io.jenkins.plugins.ec2docker.run.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every state that a deployment has had, oldest first, never changed once written.
 *
 * <p>A version's number and the run that left it are its file name, so the directory is the whole truth and a version is there as soon
 * as its file is.
 */
public final class StateVersions {

    /** Digits of any script: earlier versions of the plugin wrote those of the JVM's locale. */
    private static final Pattern NAME = Pattern.compile("(\\p{Nd}{6})-([^.]+)(?:\\.of-(\\p{Nd}{6}))?\\.tfstate");
    /** Under such a locale they found no version, and called each new one the first. A run's id begins with its time. */
    private static final Comparator<Version> OLDEST_FIRST = Comparator.comparing(Version::number).thenComparing(Version::runId);

    private final Path directory;
    private final Encryption seal;

    StateVersions(Path directory, Encryption seal) {
        this.directory = directory;
        this.seal = seal;
    }

    /**
     * One version.
     *
     * @param number counts from 1
     * @param runId the run that left this state
     * @param restored number of the earlier version that this one brought back, or took something over from; null for what a run left
     */
    public record Version(int number, String runId, @CheckForNull Integer restored, Path file) {}

    public List<Version> list() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(StateVersions::version)
                    .flatMap(Optional::stream)
                    .sorted(OLDEST_FIRST)
                    .toList();
        }
    }

    /** @param number of a version; empty if there is none such */
    public Optional<Version> find(int number) throws IOException {
        return list().stream().filter(version -> version.number() == number).findFirst();
    }

    public Optional<Version> latest() throws IOException {
        List<Version> all = list();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    public byte[] read(Version version) throws IOException {
        return seal.open(Files.readAllBytes(version.file()));
    }

    /**
     * Keeps a state. One that equals the latest is not kept twice.
     *
     * @return the version that holds it
     */
    public Version add(String runId, byte[] state) throws IOException {
        Optional<Version> latest = latest();
        return latest.isPresent() && Arrays.equals(read(latest.get()), state) ? latest.get() : write(latest, runId, null, state);
    }

    /** Keeps the state of an earlier version as the latest, which runs work with. All others stay. */
    public Version restore(Version earlier) throws IOException {
        return write(latest(), earlier.runId(), earlier.number(), read(earlier));
    }

    /**
     * Keeps a state that has taken over what an earlier version knew.
     *
     * @param from the newest version that something was taken from
     */
    public Version adopt(Version from, byte[] state) throws IOException {
        return write(latest(), from.runId(), from.number(), state);
    }

    private Version write(Optional<Version> latest, String runId, @CheckForNull Integer restored, byte[] state) throws IOException {
        int number = latest.map(Version::number).orElse(0) + 1;
        AtomicFile.createPrivateDirectories(directory);
        String from = restored == null ? "" : String.format(Locale.ROOT, ".of-%06d", restored);
        Path file = directory.resolve(String.format(Locale.ROOT, "%06d-%s%s.tfstate", number, runId, from));
        AtomicFile.write(file, seal.seal(state));
        return new Version(number, runId, restored, file);
    }

    private static Optional<Version> version(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new Version(
                        Integer.parseInt(name.group(1)), name.group(2), name.group(3) == null ? null : Integer.valueOf(name.group(3)),
                        file))
                : Optional.empty();
    }
}
