package io.jenkins.plugins.ec2docker.terraform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventReader;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left, and what is known of it, after the JVM, the machine, Terraform or its guard were killed without a warning. */
class HardKillTest {
    @TempDir
    Path temporary;

    @Test
    void terraform_outlives_the_jvm_and_another_jvm_goes_on_reading_where_it_was() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(4));
        sandbox.run(TerraformCommand.init());
        sandbox.run(TerraformCommand.plan());
        Path run = sandbox.nextRun();
        Process jvm = LaunchingProgram.in(sandbox, run, List.of()).start();
        List<String> told = new ArrayList<>();
        long offset;
        try (BufferedReader lines = jvm.inputReader()) {
            do {
                told.add(lines.readLine());
            } while (!told.get(told.size() - 1).contains("ApplyStart[address=terraform_data.slow"));
            offset = Long.parseLong(told.get(told.size() - 1).split(" ")[0]);
            jvm.destroyForcibly();
            assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        TerraformProcess attached = TerraformProcess.attach(run);
        assertThat(attached.status()).isInstanceOf(ProcessStatus.Running.class);
        List<Event> rest = new ArrayList<>();
        assertThat(attached.follow(attached.events(offset), rest::add, Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(0));

        List<String> all = new ArrayList<>();
        EventReader.read(Files.newInputStream(attached.files().stdout()), event -> all.add(event.toString()));
        assertThat(Stream.concat(told.stream().map(line -> line.substring(line.indexOf(' ') + 1)), rest.stream().map(Event::toString)))
                .as("no event lost, none twice").containsExactlyElementsOf(all);
        assertThat(sandbox.state().instances()).hasSize(3);
        assertThat(TerraformProcess.attach(run).status()).as("known long after").isEqualTo(new ProcessStatus.Finished(0));
    }

    @Test
    void an_interrupt_by_a_jvm_that_died_is_not_repeated_by_the_next() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(30));
        TerraformProcess apply = sandbox.startSlowApply();
        Process interrupting = new ProcessBuilder(
                DetachedCommand.interrupt(apply.files().script().toString(), apply.files().directory().toString())).start();
        assertThat(interrupting.waitFor()).isZero();

        assertThat(TerraformProcess.attach(apply.files().directory()).interrupt()).isFalse();
        assertThat(apply.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(1));
        assertThat(sandbox.state().instances()).hasSize(2);
    }

    @Test
    void terraform_killed_alone_ends_with_the_signals_code() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(30));
        TerraformProcess apply = sandbox.startSlowApply();

        ProcessHandle.of(apply.pid().orElseThrow()).orElseThrow().destroyForcibly();

        assertThat(apply.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(128 + 9));
    }

    @Test
    void what_terraform_had_started_goes_when_it_is_killed() throws Exception {
        TerraformProcess process = DetachedLauncher.start(temporary.resolve("run"), temporary,
                List.of("sh", "-c", "sleep 300 & echo $!; exec sleep 300"), java.util.Map.of("PATH", System.getenv("PATH")));
        String printed = "";
        while (!printed.endsWith("\n")) {
            printed = Files.readString(process.files().stdout());
        }
        ProcessHandle provider = ProcessHandle.of(Long.parseLong(printed.strip())).orElseThrow();

        ProcessHandle.of(process.pid().orElseThrow()).orElseThrow().destroyForcibly();

        assertThat(process.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(128 + 9));
        provider.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void terraform_killed_with_its_guard_has_vanished() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(30));
        TerraformProcess apply = sandbox.startSlowApply();
        ProcessIdentity identity = ProcessIdentity.read(apply.files().pid()).orElseThrow();

        ProcessHandle.of(identity.guardPid()).orElseThrow().destroyForcibly();
        assertThat(apply.waitFor(Duration.ofMillis(300))).as("Terraform itself goes on").isInstanceOf(ProcessStatus.Running.class);
        ProcessHandle.of(identity.pid()).orElseThrow().destroyForcibly();

        assertThat(apply.waitFor(Sandbox.LONG)).isInstanceOfSatisfying(
                ProcessStatus.Vanished.class, vanished -> assertThat(vanished.reason()).contains("was killed"));
        assertThat(apply.interrupt()).isFalse();
    }

    @Test
    void a_polite_signal_to_the_guard_changes_nothing() throws Exception {
        Sandbox sandbox = new Sandbox(temporary, Sandbox.slow(2));
        TerraformProcess apply = sandbox.startSlowApply();

        ProcessHandle.of(ProcessIdentity.read(apply.files().pid()).orElseThrow().guardPid()).orElseThrow().destroy();

        assertThat(apply.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(0));
    }

    @Test
    void a_file_that_lacks_a_field_names_no_processes() throws Exception {
        Path file = Files.writeString(temporary.resolve("pid"), "pid=1\nstart=2\nguard=3\nguard_start=4\nend\n");

        assertThat(ProcessIdentity.read(file)).isEmpty();
    }

    @Test
    void a_pid_that_another_process_got_is_not_taken_for_terraform() throws Exception {
        TerraformProcess process = ended();
        rewrite(process, "pid=\\d+", "pid=" + ProcessHandle.current().pid());
        rewrite(process, "guard=\\d+", "guard=" + ProcessHandle.current().pid());

        assertThat(process.status()).isInstanceOf(ProcessStatus.Vanished.class);
        assertThat(process.interrupt()).as("this very JVM would get the signal").isFalse();
        assertThat(process.interrupted()).isFalse();
    }

    @Test
    void after_a_restart_of_the_machine_it_has_vanished() throws Exception {
        TerraformProcess process = ended();
        rewrite(process, "boot=.*", "boot=11111111-2222-3333-4444-555555555555");

        assertThat(process.status()).isEqualTo(new ProcessStatus.Vanished("The machine was restarted while Terraform ran."));
    }

    @Test
    void a_launch_that_never_came_to_be_is_ruled_out_for_good() throws Exception {
        ProcessFiles files = new ProcessFiles(Files.createDirectory(temporary.resolve("run")));
        Files.writeString(files.script(), DetachedCommand.scriptText());
        assertThat(TerraformProcess.attach(files.directory()).status()).isEqualTo(new ProcessStatus.Starting());
        Files.setLastModifiedTime(files.script(), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(TerraformProcess.attach(files.directory()).status()).isInstanceOf(ProcessStatus.Vanished.class);

        Process late =
                new ProcessBuilder(DetachedCommand.start(files.script().toString(), files.directory().toString(), temporary.toString(),
                        List.of("PATH"), List.of("touch", "must-not-be-made"))).start();
        assertThat(late.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(temporary.resolve("must-not-be-made")).doesNotExist();
    }

    @Test
    void a_launch_without_the_programs_of_the_system_says_what_the_path_lacks() throws Exception {
        ProcessFiles files = DetachedLauncher.prepare(temporary.resolve("run"));
        ProcessBuilder launch =
                new ProcessBuilder(DetachedLauncher.commandLine(files, temporary, List.of("PATH"), List.of("terraform", "plan")));
        launch.environment().put("PATH", "/nowhere");
        assertThat(launch.start().waitFor(10, TimeUnit.SECONDS)).isTrue();
        Files.setLastModifiedTime(files.script(), FileTime.from(Instant.now().minusSeconds(60)));

        assertThat(TerraformProcess.attach(files.directory()).status()).isInstanceOfSatisfying(ProcessStatus.Vanished.class,
                end -> assertThat(end.reason()).startsWith("Terraform was launched but never began. Its launching script said: ")
                        .endsWith("Is the PATH here without the directories of sh, env and sed, such as /usr/bin and /bin?"));
        assertThat(DetachedCommand.missingTools("/nowhere")).contains("sh", "env", "sed");
        assertThat(DetachedCommand.missingTools(System.getenv("PATH"))).isEmpty();
    }

    @Test
    void a_zombie_is_not_alive() throws Exception {
        // The sleeping program that takes the shell's place never asks for its child's end.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
        try {
            long zombie = Long.parseLong(parent.inputReader().readLine());
            Path stat = Path.of("/proc", zombie + "", "stat");
            String text = Files.readString(stat);
            while (!text.contains(") Z ")) {
                text = Files.readString(stat);
            }
            String start = text.substring(text.lastIndexOf(')') + 2).split(" ")[19];
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();

            assertThat(new ProcessIdentity(zombie, start, zombie, start, boot).commandAlive()).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    private TerraformProcess ended() throws Exception {
        TerraformProcess process =
                DetachedLauncher.start(temporary.resolve("run"), temporary, List.of("true"),
                        java.util.Map.of("PATH", System.getenv("PATH")));
        process.waitFor(Sandbox.LONG);
        Files.move(process.files().exit(), process.files().directory().resolve("exit.lost"), StandardCopyOption.ATOMIC_MOVE);
        return process;
    }

    private static void rewrite(TerraformProcess process, String pattern, String replacement) throws Exception {
        Path file = process.files().pid();
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^" + pattern + "$", replacement));
    }
}
