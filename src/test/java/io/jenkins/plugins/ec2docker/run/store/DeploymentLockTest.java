package io.jenkins.plugins.ec2docker.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentLockTest {

    private static final DeploymentLock.Holder ALICE =
            new DeploymentLock.Holder("run-1", Purpose.PROVISION, "alice", "builder", 4711, Instant.parse("2026-01-01T12:00:00Z"));

    @TempDir
    Path directory;

    @Test
    void a_held_lock_says_who_holds_it_and_since_when() throws Exception {
        try (DeploymentLock held = DeploymentLock.take(file(), "web", ALICE).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> DeploymentLock.take(file(), "web", ALICE))
                    .isInstanceOf(DeploymentLock.Held.class)
                    .hasMessage("Deployment \"web\" is being worked on by run run-1 (provision) by alice, process 4711 on builder, since"
                            + " 2026-01-01T12:00:00Z. Wait for it to end, then try again.");
        }
    }

    @Test
    void a_lock_that_was_given_free_can_be_taken_and_names_nobody() throws Exception {
        DeploymentLock.take(file(), "web", ALICE).orElseThrow().close();

        assertThat(DeploymentLock.holder(file())).isEmpty();
        DeploymentLock.take(file(), "web", ALICE).orElseThrow().close();
    }

    @Test
    void the_lock_of_a_killed_process_can_be_taken_at_once() throws Exception {
        Process holder = holdForEver(ProcessBuilder.Redirect.INHERIT);
        try {
            assertThat(new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8)).readLine())
                    .isEqualTo("held");
            assertThatThrownBy(() -> DeploymentLock.take(file(), "web", ALICE)).hasMessageContaining("by bob");
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }

        DeploymentLock.take(file(), "web", ALICE).orElseThrow().close();
    }

    /** POSIX takes a process's locks on a file back when it closes that file once. */
    @Test
    void a_lock_that_was_refused_to_another_of_the_same_process_still_holds_against_other_processes() throws Exception {
        try (DeploymentLock held = DeploymentLock.take(file(), "web", ALICE).orElseThrow()) {
            assertThatThrownBy(() -> DeploymentLock.take(file(), "web", ALICE)).isInstanceOf(DeploymentLock.Held.class);
            Process other = holdForEver(ProcessBuilder.Redirect.DISCARD);
            try {
                assertThat(new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8)).readLine())
                        .as("held by another process too").isNull();
            } finally {
                other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void a_lock_that_is_closed_twice_does_not_free_that_of_another() throws Exception {
        DeploymentLock first = DeploymentLock.take(file(), "web", ALICE).orElseThrow();
        first.close();
        DeploymentLock.Holder bob = new DeploymentLock.Holder("run-2", Purpose.PLAN, "bob", "builder", 4711, ALICE.since());
        try (DeploymentLock second = DeploymentLock.take(file(), "web", bob).orElseThrow()) {
            assertThatThrownBy(first::close).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> DeploymentLock.take(file(), "web", ALICE)).hasMessageContaining("by bob");
        }
    }

    @Test
    void a_lock_whose_file_was_removed_is_not_held_by_those_who_had_opened_it() throws Exception {
        DeploymentLock.take(file(), "web", ALICE).orElseThrow().close();
        Files.delete(file());
        Files.delete(directory);
        assertThat(DeploymentLock.take(directory.resolve("lock"), "web", ALICE)).as("its directory is gone").isEmpty();
        DeploymentLock.take(file(), "web", ALICE).orElseThrow().close();
    }

    private Process holdForEver(ProcessBuilder.Redirect errors) throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HoldForEver.class.getName(),
                file().toString())
                .redirectError(errors)
                .start();
    }

    private Path file() throws IOException {
        return Files.createDirectories(directory).resolve("lock");
    }

    /** Takes the lock in a JVM of its own, to be killed. */
    static final class HoldForEver {
        public static void main(String[] args) throws Exception {
            DeploymentLock.Holder bob =
                    new DeploymentLock.Holder("run-0", Purpose.DESTROY, "bob", "builder", ProcessHandle.current().pid(), Instant.now());
            try (DeploymentLock held = DeploymentLock.take(Path.of(args[0]), "web", bob).orElseThrow()) {
                System.out.println("held");
                System.in.read();
            }
        }
    }
}
