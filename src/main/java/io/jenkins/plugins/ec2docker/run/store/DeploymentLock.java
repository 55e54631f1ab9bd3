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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * One operation at a time on one deployment, on one machine.
 *
 * <p>The kernel holds the lock and takes it back when the holder dies, however it dies; so a lock is never left over, and a file that
 * still names a holder without being locked is the mark of a run that was killed. Terraform itself may outlive its engine: whoever takes
 * the lock looks for that next ({@code CrashRecovery}).
 */
public final class DeploymentLock implements Closeable {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    private final FileChannel channel;
    private final FileLock lock;

    private DeploymentLock(FileChannel channel, FileLock lock) {
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

    /** @throws Held if a living process holds it */
    static DeploymentLock take(Path file, String deployment, Holder holder) throws IOException, Held {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new Held(deployment, holder(file));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(MAPPER.writeValueAsBytes(holder)), 0);
            channel.force(true);
            return new DeploymentLock(channel, lock);
        } catch (IOException | Held | RuntimeException e) {
            channel.close();
            throw e;
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
        }
    }

    @CheckForNull
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another run of this very process has it.
            return null;
        }
    }
}
