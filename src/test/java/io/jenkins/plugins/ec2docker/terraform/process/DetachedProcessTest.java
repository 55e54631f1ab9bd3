package io.jenkins.plugins.ec2docker.terraform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Terraform, detached: what becomes of it and what its readers learn. */
class DetachedProcessTest {
    private static final String SENTINEL = "s3ntinel-4f1c";

    @TempDir
    Path temporary;

    @Test
    void runs_to_its_end_and_every_event_is_passed_on_once() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(1));
        sandbox.run(TerraformCommand.init());
        sandbox.run(TerraformCommand.plan());

        TerraformProcess apply = sandbox.start(TerraformCommand.apply());
        List<Event> events = new ArrayList<>();
        ProcessStatus end = apply.follow(apply.events(0), events::add, Sandbox.LONG);

        assertThat(end).isEqualTo(new ProcessStatus.Finished(0));
        assertThat(events).filteredOn(Event.ApplyComplete.class::isInstance).hasSize(3);
        assertThat(events).filteredOn(Event.ChangeSummary.class::isInstance).hasSize(1);
        assertThat(sandbox.state().instances()).hasSize(3);
        assertThat(apply.interrupt()).as("nothing left to interrupt").isFalse();
        assertThat(apply.interrupted()).isFalse();
    }

    @Test
    void an_interrupt_lets_terraform_save_and_is_sent_once_ever() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(30));
        TerraformProcess apply = sandbox.startSlowApply();

        assertThat(apply.interrupt()).isTrue();
        assertThat(apply.interrupt()).as("a second one would make Terraform exit at once").isFalse();
        assertThat(TerraformProcess.attach(apply.files().directory()).interrupt()).as("nor does another reader send one").isFalse();

        assertThat(apply.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(1));
        assertThat(apply.interrupted()).isTrue();
        assertThat(sandbox.state().instances()).extracting(StateContent.Instance::address, StateContent.Instance::tainted)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("terraform_data.quick", false),
                        org.assertj.core.groups.Tuple.tuple("terraform_data.slow", true));
        assertThat(sandbox.directory.resolve(".terraform.tfstate.lock.info")).doesNotExist();
    }

    /** As for a JVM that a script started in its background: its children ignore SIGINT until they ask for it. */
    @Test
    void an_interrupt_right_after_the_launch_is_not_lost_where_the_signal_is_ignored_at_first() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(90));
        sandbox.run(TerraformCommand.init());
        sandbox.run(TerraformCommand.plan());
        ProcessFiles files = new ProcessFiles(Files.createDirectory(sandbox.nextRun()));
        Files.writeString(files.script(), DetachedCommand.scriptText());
        List<String> line = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        line.addAll(DetachedCommand.start(files.script().toString(), files.directory().toString(), sandbox.directory.toString(),
                sandbox.environment().keySet(), TerraformCommand.apply().with(sandbox.terraform)));
        ProcessBuilder launch = new ProcessBuilder(line);
        launch.environment().putAll(sandbox.environment());
        launch.start();

        TerraformProcess apply = TerraformProcess.attach(files.directory());
        assertThat(apply.interrupt()).isTrue();

        assertThat(apply.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(1));
    }

    @Test
    void an_interrupt_that_was_killed_while_it_waited_is_not_taken_for_sent() throws Exception {
        Path run = Files.createDirectory(temporary.resolve("run"));
        ProcessFiles files = new ProcessFiles(run);
        Files.writeString(files.script(), DetachedCommand.scriptText());
        List<String> deaf = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        deaf.addAll(DetachedCommand.start(
                files.script().toString(), run.toString(), run.toString(), List.of("PATH"), List.of("tail", "-f", "/dev/null")));
        new ProcessBuilder(deaf).start();
        await(files.pid());
        try {
            // What it waits with tells that it waits, and ends with it.
            Path programs = Files.createDirectory(temporary.resolve("bin"));
            Path waits = run.resolve("waits");
            Files.writeString(programs.resolve("sleep"), "#!/bin/sh\n: >" + waits + "\nexec cat\n");
            Files.setPosixFilePermissions(programs.resolve("sleep"), PosixFilePermissions.fromString("rwx------"));
            ProcessBuilder interrupt = new ProcessBuilder(DetachedCommand.interrupt(files.script().toString(), run.toString()));
            interrupt.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
            Process interrupting = interrupt.start();
            await(waits);
            interrupting.destroyForcibly().waitFor();

            TerraformProcess process = TerraformProcess.attach(run);
            assertThat(process.interrupted()).isFalse();
            assertThat(process.interrupt()).as("the next one is sent").isTrue();
        } finally {
            Files.readString(files.pid()).lines().filter(line -> line.startsWith("pid=")).map(line -> Long.parseLong(line.substring(4)))
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            await(files.exit());
        }
    }

    private static void await(Path file) throws Exception {
        long end = System.nanoTime() + Sandbox.LONG.toNanos();
        try (DirectoryWatch watch = new DirectoryWatch(file.getParent(), true)) {
            while (!Files.exists(file)) {
                assertThat(System.nanoTime()).as(file.toString()).isLessThan(end);
                watch.await(Duration.ofMillis(200));
            }
        }
    }

    @Test
    void waiting_ends_when_its_time_is_over_and_the_process_goes_on() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(30));
        TerraformProcess apply = sandbox.startSlowApply();

        long before = System.nanoTime();
        ProcessStatus status = apply.waitFor(Duration.ofMillis(300));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
        assertThat(status).isEqualTo(new ProcessStatus.Running(apply.pid().orElseThrow()));
        apply.interrupt();
        apply.waitFor(Sandbox.LONG);
    }

    @Test
    void secrets_are_in_the_environment_alone() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(30)).with("AWS_SECRET_ACCESS_KEY", SENTINEL);
        TerraformProcess apply = sandbox.startSlowApply();
        try {
            assertThat(Files.readString(Path.of("/proc", apply.pid().orElseThrow() + "", "environ")))
                    .contains("AWS_SECRET_ACCESS_KEY=" + SENTINEL);
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                for (Path process : processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                    assertThat(read(process.resolve("cmdline"))).doesNotContain(SENTINEL);
                }
            }
        } finally {
            apply.interrupt();
            apply.waitFor(Sandbox.LONG);
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(read(file)).as(file.toString()).doesNotContain(SENTINEL);
            }
        }
    }

    @Test
    void its_files_are_its_owners_alone() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(0));
        sandbox.run(TerraformCommand.init());
        TerraformProcess plan = sandbox.run(TerraformCommand.plan());

        assertThat(permissions(plan.files().directory())).isEqualTo("rwx------");
        assertThat(permissions(plan.files().stdout())).isEqualTo("rw-------");
        assertThat(permissions(plan.files().stderr())).isEqualTo("rw-------");
        assertThat(permissions(sandbox.directory.resolve(TerraformCommand.PLAN_FILE))).as("plans hold secrets").isEqualTo("rw-------");
    }

    @Test
    void only_the_given_environment_reaches_the_process_whatever_the_launching_side_adds() throws Exception {
        Path run = Files.createDirectory(temporary.resolve("run"));
        ProcessFiles files = new ProcessFiles(run);
        Files.writeString(files.script(), DetachedCommand.scriptText());
        ProcessBuilder launch = new ProcessBuilder(DetachedCommand.start(
                files.script().toString(), run.toString(), temporary.toString(), List.of("PATH", "GIVEN"), List.of("env")));
        launch.environment().put("GIVEN", "two\nNOT_A_NAME=lines");
        launch.environment().put("JENKINS_SERVER_COOKIE", "would let Jenkins find and kill it");
        launch.environment().put("TF_VAR_name", "value");
        launch.start();

        TerraformProcess process = TerraformProcess.attach(run);
        assertThat(process.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(0));
        assertThat(Files.readString(files.stdout()))
                .contains("GIVEN=two\nNOT_A_NAME=lines\n")
                .doesNotContain("JENKINS_SERVER_COOKIE", "TF_VAR_name", "HOME=");
    }

    @Test
    void a_program_that_cannot_be_run_ends_with_the_shells_code_and_words() throws Exception {
        TerraformProcess process =
                DetachedLauncher.start(temporary.resolve("run"), temporary, List.of(temporary + "/no-such-program"),
                        Map.of("PATH", System.getenv("PATH")));

        assertThat(process.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(127));
        assertThat(Files.readString(process.files().stderr())).contains("no-such-program");
    }

    @Test
    void a_run_directory_serves_one_process() throws Exception {
        Path run = temporary.resolve("run");
        DetachedLauncher.start(run, temporary, List.of("true"), Map.of("PATH", System.getenv("PATH"))).waitFor(Sandbox.LONG);

        assertThatThrownBy(() -> DetachedLauncher.start(run, temporary, List.of("true"), Map.of("PATH", System.getenv("PATH"))))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_directory_without_a_launch_cannot_be_attached_to() {
        assertThatThrownBy(() -> TerraformProcess.attach(temporary)).isInstanceOf(NoSuchFileException.class);
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            return ""; // the process ended meanwhile
        }
    }
}
