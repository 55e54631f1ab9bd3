package io.jenkins.plugins.ec2docker.terraform.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until something changes in a directory. On Linux the kernel tells (inotify); where it cannot (other systems, or all of a user's watches
 * are in use) a look every quarter of a second stands in. Create it, then look, then wait: so no change falls between.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(250);
    /** What no file tells, such as the death of a process, has to be looked for; this often. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    @CheckForNull
    private final WatchService service;

    /** @param growthToo wakes for files that grow, not only for new ones */
    DirectoryWatch(Path directory, boolean growthToo) {
        this.service = watch(directory, growthToo);
    }

    @CheckForNull
    private static WatchService watch(Path directory, boolean growthToo) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null; // the JDK's own watch polls there, every 2 to 10 seconds
        }
        WatchService service = null;
        try {
            service = directory.getFileSystem().newWatchService();
            directory.register(service, growthToo
                    ? new WatchEvent.Kind<?>[] {StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY}
                    : new WatchEvent.Kind<?>[] {StandardWatchEventKinds.ENTRY_CREATE});
            return service;
        } catch (IOException noWatchLeft) {
            closeQuietly(service);
            return null;
        }
    }

    /** Returns after a change, after the given time, or after a second, whichever comes first. */
    void await(Duration atMost) throws InterruptedException {
        Duration time = atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST;
        if (service == null) {
            Duration nap = time.compareTo(LOOK) < 0 ? time : LOOK;
            LockSupport.parkNanos(Math.max(1, nap.toNanos()));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return;
        }
        WatchKey key = service.poll(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    @Override
    public void close() {
        closeQuietly(service);
    }

    private static void closeQuietly(@CheckForNull WatchService service) {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            // Nothing was written through it; the kernel frees it with the process at the latest.
        }
    }
}
