package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.WorkingProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk of a few MiB in memory that only processes see which were started through its entrance: a mount in a namespace of its own, for which
 * Linux asks no rights of a user where user namespaces are allowed. It goes with this JVM, however that ends.
 */
final class SmallDisk implements Place {

    private static final String SIZE = "48m";

    private final Process holder;
    private final Path directory;

    private SmallDisk(Process holder, Path directory) {
        this.holder = holder;
        this.directory = directory;
    }

    /** Empty where it is possible here, else why it is not. */
    static Optional<String> obstacle(Path scratch) {
        try (SmallDisk disk = mount(scratch)) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** @throws IOException where this system does not allow it; the message says why */
    static SmallDisk mount(Path directory) throws IOException {
        Files.createDirectories(directory);
        // Ends with its standard input.
        Process holder = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
                "mount -t tmpfs -o mode=700,size=" + SIZE + " tmpfs \"$0\" && echo mounted && exec cat", directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = holder.inputReader().readLine();
        if (!"mounted".equals(said)) {
            holder.destroyForcibly();
            throw new IOException(said);
        }
        return new SmallDisk(holder, directory);
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path here() {
        return Path.of("/proc", String.valueOf(holder.pid()), "root").resolve(directory.toString().substring(1));
    }

    @Override
    public List<String> entrance() {
        return List.of("nsenter", "--target", String.valueOf(holder.pid()), "--user", "--mount", "--preserve-credentials");
    }

    @Override
    public List<WorkingProcess> processes() {
        return WorkingProcess.sharingFilesWith(holder.pid());
    }

    @Override
    public void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            for (int size = 1 << 16; size > 0; size /= 2) {
                writeAll(filler, size);
            }
        } catch (IOException e) {
            // Closing says once more that it is full.
        }
    }

    private static void writeAll(OutputStream filler, int size) {
        byte[] block = new byte[size];
        try {
            while (true) {
                filler.write(block);
            }
        } catch (IOException e) {
            // No room for one of this size.
        }
    }

    @Override
    public void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return here().resolve("filler");
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
