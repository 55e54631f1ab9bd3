package io.jenkins.plugins.ec2docker.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a file that a person named, whatever it is: in memory that does not grow with it, and in a time that does not. */
public final class BoundedFile {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BoundedFile() {}

    /**
     * The whole content.
     *
     * @param file may be a pipe, as a shell gives it for {@code <(…)}; then all of it has to come within ten seconds
     * @param most bytes
     * @throws IOException if it cannot be read, has more bytes, or is a pipe to which nobody writes; {@link ErrorMessage#reason} says which
     */
    public static byte[] read(Path file, int most) throws IOException {
        return read(file, most, PATIENCE);
    }

    static byte[] read(Path file, int most, Duration patience) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        if (Files.isRegularFile(file)) {
            return content(file, most);
        }
        // Opening a pipe waits for its other end, and nothing but the end of this process ends that.
        CompletableFuture<byte[]> coming = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                coming.complete(content(file, most));
            } catch (IOException | RuntimeException e) {
                coming.completeExceptionally(e);
            }
        }, "ec2-docker reads " + file);
        reader.setDaemon(true);
        reader.start();
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FileSystemException(file.toString(), null, "nothing, or not all of it, came within " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileSystemException(file.toString(), null, "reading it was interrupted");
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static byte[] content(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new FileSystemException(file.toString(), null, "it has more than " + (most >> 20) + " MiB, the most that is read");
            }
            return content;
        }
    }
}
