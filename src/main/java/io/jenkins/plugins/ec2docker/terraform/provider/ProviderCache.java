package io.jenkins.plugins.ec2docker.terraform.provider;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformEnvironment;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import io.jenkins.plugins.ec2docker.terraform.process.DetachedLauncher;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.process.TerraformProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Fills a directory with the providers of a blueprint's lock file, so that from then on it is a mirror which nobody writes to.
 *
 * <p>Each filling downloads into a directory of its own and puts each whole provider into place by one rename. So whatever happens at once, and
 * wherever it is killed, nobody ever sees half a provider. The lock only keeps two from downloading the same; it is held by the machine for
 * this process and gone with it.
 */
public final class ProviderCache {
    private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(15);
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final String STAGING = ".filling-";

    private static final ReentrantLock ONE_IN_THIS_JVM = new ReentrantLock();

    private ProviderCache() {}

    /**
     * Finds or makes a mirror of what a blueprint needs.
     *
     * @param setting see {@link ProviderSource#choose}
     * @param blueprint directory with the configuration and its lock file; nothing is written to it
     * @param environment of the caller
     * @throws IOException a provider could not be had, or the setting is wrong; a sentence
     */
    public static ProviderSource.Mirror mirror(@CheckForNull String setting, Path blueprint, TerraformBinary terraform,
            Map<String, String> environment)
            throws IOException, InterruptedException {
        ProviderSource source = ProviderSource.choose(setting, environment, ProviderLockFile.of(blueprint));
        return source instanceof ProviderSource.Cache cache
                ? fill(cache, blueprint, terraform, environment)
                : (ProviderSource.Mirror) source;
    }

    /**
     * @param blueprint directory with the configuration and its lock file; nothing is written to it
     * @param environment of the caller
     * @return the directory as a mirror
     * @throws IOException a provider could not be had; a sentence, with Terraform's own reason
     */
    public static ProviderSource.Mirror fill(ProviderSource.Cache cache, Path blueprint, TerraformBinary terraform,
            Map<String, String> environment)
            throws IOException, InterruptedException {
        ProviderLockFile wanted = ProviderLockFile.of(blueprint);
        ProviderSource.Mirror mirror = new ProviderSource.Mirror(cache.directory(), wanted.addresses());
        if (wanted.areIn(cache.directory())) {
            return mirror;
        }
        Files.createDirectories(cache.directory());
        // Threads take turns before the file lock: the system drops a process's lock when any of its threads closes the file.
        ONE_IN_THIS_JVM.lockInterruptibly();
        try (FileChannel file = FileChannel.open(cache.directory().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            awaitLock(file);
            if (!wanted.areIn(cache.directory())) {
                removeAbandoned(cache.directory());
                Path staging = cache.directory().resolve(STAGING + UUID.randomUUID());
                try {
                    download(staging, cache, blueprint, terraform, environment);
                    publish(staging, cache.directory(), wanted);
                } finally {
                    remove(staging);
                }
            }
        } finally {
            ONE_IN_THIS_JVM.unlock();
        }
        return mirror;
    }

    /** The lock goes with the channel. When another holds it longer than the longest download, two may download: that costs time alone. */
    private static void awaitLock(FileChannel file) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_DOWNLOAD.toNanos();
        while (file.tryLock() == null && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static void download(
            Path staging, ProviderSource.Cache cache, Path blueprint, TerraformBinary terraform, Map<String, String> environment)
            throws IOException, InterruptedException {
        Files.createDirectory(staging);
        // The user's own configuration may name the only way to a registry: a network mirror, or a token.
        Path users = cache.userConfiguration();
        Path configuration = users != null ? users : CliConfiguration.of(cache).writeTo(staging);
        TerraformProcess init = DetachedLauncher.start(
                staging.resolve("run"), blueprint, TerraformCommand.initProviders().with(terraform),
                TerraformEnvironment.of(environment, configuration, staging.resolve("data"), Map.of()));
        List<String> errors = new ArrayList<>();
        ProcessStatus end = init.follow(init.events(0), event -> {
            if (event instanceof Event.Diagnostic diagnostic && diagnostic.severity() == Event.Severity.ERROR) {
                EventText.of(diagnostic).ifPresent(errors::add);
            }
        }, LONGEST_DOWNLOAD);
        if (!end.isOver()) {
            init.interrupt();
            throw new IOException("Terraform did not download its providers within " + LONGEST_DOWNLOAD.toMinutes() + " minutes.");
        }
        if (!end.succeeded()) {
            throw new IOException("Terraform could not get its providers. "
                    + (errors.isEmpty() ? EventText.safe(Files.readString(init.files().stderr()), 1000) : String.join("\n", errors)));
        }
    }

    private static void publish(Path staging, Path directory, ProviderLockFile wanted) throws IOException {
        for (ProviderLockFile.Provider provider : wanted.providers()) {
            Path target = directory.resolve(provider.unpacked());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            try {
                Files.move(staging.resolve("data").resolve("providers").resolve(provider.unpacked()), target,
                        StandardCopyOption.ATOMIC_MOVE);
            } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
                // Another one was faster; its provider is as good, both have the lock file's checksum.
            }
        }
    }

    /** What a killed process left. */
    private static void removeAbandoned(Path directory) throws IOException {
        List<Path> abandoned;
        try (Stream<Path> files = Files.list(directory)) {
            abandoned = files.filter(file -> file.getFileName().toString().startsWith(STAGING)).toList();
        }
        for (Path staging : abandoned) {
            if (Files.getLastModifiedTime(staging).toInstant().isBefore(Instant.now().minus(ABANDONED))) {
                remove(staging);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
