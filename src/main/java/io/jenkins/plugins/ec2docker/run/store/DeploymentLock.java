package io.jenkins.plugins.ec2docker.run.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One operation at a time on one deployment, on one machine.
 *
 * <p>The kernel holds the lock and takes it back when the holder dies, however it dies; so a lock is never left over, and a file that
 * still names a holder without being locked is the mark of a run that was killed. Terraform itself may outlive its engine: whoever takes
 * the lock looks for that next ({@code CrashRecovery}).
 */
public final class DeploymentLock implements Closeable {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    /**
     * What this very process holds. A file that is locked here is not opened a second time: POSIX takes all locks that a process has on a file
     * back as soon as it closes the file once.
     */
    private static final Map<Path, Holder> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final Holder holder;
    private final FileChannel channel;
    private final FileLock lock;

    private DeploymentLock(Path file, Holder holder, FileChannel channel, FileLock lock) {
        this.file = file;
        this.holder = holder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Who holds a deployment.
     *
     * @param who the person, as the shell knows them
     * @param pid the engine's process on {@code host}
     */
    public record Holder(String runId, Purpose purpose, String who, String host, long pid, Instant since) {

        /** This very process. */
        public static Holder here(String runId, Purpose purpose, String who, Instant since) {
            String host;
            try {
                host = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                host = "this machine";
            }
            return new Holder(runId, purpose, who, host, ProcessHandle.current().pid(), since);
        }

        @Override
        public String toString() {
            return "run " + runId + " (" + purpose.text() + ") by " + who + ", process " + pid + " on " + host + ", since " + since;
        }
    }

    /** Somebody else is working on the deployment. */
    public static final class Held extends Exception {

        private static final long serialVersionUID = 1L;

        Held(String deployment, Optional<Holder> holder) {
            super("Deployment \"" + deployment + "\" is being worked on by "
                    + holder.map(Holder::toString).orElse("another run that has only just begun")
                    + ". Wait for it to end, then try again.");
        }
    }

    /**
     * @return empty where the file, or its directory, was removed in the same moment: then it has to be tried again
     * @throws Held if a living process holds it
     */
    static Optional<DeploymentLock> take(Path file, String deployment, Holder holder) throws IOException, Held {
        Path path = file.toAbsolutePath().normalize();
        Holder other = HELD_HERE.putIfAbsent(path, holder);
        if (other != null) {
            throw new Held(deployment, Optional.of(other));
        }
        Optional<DeploymentLock> taken = Optional.empty();
        try {
            taken = takeFromOthers(path, deployment, holder);
            return taken;
        } catch (NoSuchFileException e) {
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(path);
            }
        }
    }

    private static Optional<DeploymentLock> takeFromOthers(Path file, String deployment, Holder holder) throws IOException, Held {
        Object before = inode(file);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new Held(deployment, holder(file));
            }
            if (!Files.exists(file) || before != null && !before.equals(inode(file))) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(MAPPER.writeValueAsBytes(holder)), 0);
            channel.force(true);
            return Optional.of(new DeploymentLock(file, holder, channel, lock));
        } catch (IOException | Held | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Which file has the name now; null for none, and where files have no such numbers. Opens nothing. */
    @CheckForNull
    private static Object inode(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Who wrote themselves into the lock last; says nothing about whether they still live. */
    static Optional<Holder> holder(Path file) {
        try {
            byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            return content.length == 0 ? Optional.empty() : Optional.of(MAPPER.readValue(content, Holder.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Gives the deployment free. The name is wiped first: what still names a holder was not closed by it. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
            lock.release();
        } finally {
            // Another may have it by now, where this is closed a second time.
            HELD_HERE.remove(file, holder);
        }
    }

    @CheckForNull
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another of this very process has it, by another name of the same file.
            return null;
        }
    }
}
