package io.jenkins.plugins.ec2docker.terraform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Ctrl-C reaches every process of the terminal's foreground group at once; Terraform and its children must not be among them. */
class TerminalInterruptTest {
    @TempDir
    Path temporary;

    @Test
    void does_not_reach_terraform() throws Exception {
        interrupt_of_the_group_ends_the_jvm_alone(new Sandbox(temporary, Sandbox.slow(2)));
    }

    /** As on a system that has no setsid, such as macOS, where sh is bash. */
    @Test
    void does_not_reach_terraform_without_setsid() throws Exception {
        Path programs = Files.createDirectory(temporary.resolve("bin"));
        for (String name : List.of("sed", "env", "ln", "rm", "mv", "cat", "date", "tr", "sleep", "bash", "sh")) {
            Path program = Files.writeString(programs.resolve(name), "#!" + find("bash") + "\nexec -a " + name + " "
                    + find(name.equals("sh") ? "bash" : name) + " \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }

        interrupt_of_the_group_ends_the_jvm_alone(new Sandbox(temporary, Sandbox.slow(2)).with("PATH", programs.toString()));
    }

    private static void interrupt_of_the_group_ends_the_jvm_alone(Sandbox sandbox) throws Exception {
        sandbox.run(TerraformCommand.init());
        sandbox.run(TerraformCommand.plan());
        Path run = sandbox.nextRun();
        // A group of its own for the JVM, as a shell makes one for a foreground command.
        Process jvm = LaunchingProgram.in(sandbox, run, List.of(find("setsid").toString())).start();
        try (BufferedReader lines = jvm.inputReader()) {
            String line = lines.readLine();
            while (!line.contains("ApplyStart[address=terraform_data.slow")) {
                line = lines.readLine();
            }
            new ProcessBuilder("sh", "-c", "kill -INT -" + jvm.pid()).start().waitFor();
            assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).as("the JVM got the signal").isEqualTo(130);
        }

        TerraformProcess apply = TerraformProcess.attach(run);
        assertThat(apply.waitFor(Sandbox.LONG)).isEqualTo(new ProcessStatus.Finished(0));
        assertThat(sandbox.state().instances()).hasSize(3).noneMatch(StateContent.Instance::tainted);
    }

    private static Path find(String program) {
        for (String directory : System.getenv("PATH").split(":")) {
            Path path = Path.of(directory, program);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new AssertionError(program + " is not on the PATH");
    }
}
