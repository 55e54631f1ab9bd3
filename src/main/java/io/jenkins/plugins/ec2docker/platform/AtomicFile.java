package io.jenkins.plugins.ec2docker.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Writes files that are either there whole or not at all, wherever the power fails, and that only their owner can read.
 *
 * <p>The content goes to a file beside the target, is forced to disk and then renamed over it; the directory is forced as well, as
 * fsync(2) asks for when the name itself must survive.
 */
public final class AtomicFile {

    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private AtomicFile() {}

    /** What a file is to have in it. */
    public interface Content {
        /** @param file the empty file that will be the target */
        byte[] of(Path file) throws IOException;
    }

    public static void write(Path target, byte[] content) throws IOException {
        write(target, file -> content);
    }

    /** The same for a content that depends on the file that it comes into. */
    public static void write(Path target, Content content) throws IOException {
        Path beside = target.resolveSibling("." + target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            createPrivateFile(beside);
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content.of(beside));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        forceDirectory(Objects.requireNonNull(target.toAbsolutePath().getParent()));
    }

    /** Creates the directory and its missing parents; those that are created can be entered by their owner alone. */
    public static Path createPrivateDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return directory;
        }
        return Files.createDirectories(directory, attributes("rwx------"));
    }

    static void createPrivateFile(Path file) throws IOException {
        Files.createFile(file, attributes("rw-------"));
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static void forceDirectory(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
