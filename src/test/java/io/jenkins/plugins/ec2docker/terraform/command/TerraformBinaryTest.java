package io.jenkins.plugins.ec2docker.terraform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformBinaryTest {
    private static final Map<String, String> PATH = Map.of("PATH", System.getenv("PATH"));

    @TempDir
    Path temporary;

    @Test
    void the_machines_own_is_found_on_the_path_whatever_the_users_configuration_says() throws Exception {
        TerraformBinary found = TerraformBinary.find(null, Map.of(
                "PATH", System.getenv("PATH"), "TF_CLI_CONFIG_FILE", temporary.resolve("none").toString(), "TF_CLI_ARGS", "-nonsense"));

        assertThat(found.path()).isAbsolute().isExecutable();
        assertThat(found.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void a_setting_names_the_program_or_its_directory() throws Exception {
        Path program = program("terraform", "echo '{\"terraform_version\": \"1.12.0\"}'");

        assertThat(TerraformBinary.find(program.toString(), PATH)).isEqualTo(new TerraformBinary(program, "1.12.0"));
        assertThat(TerraformBinary.find(" " + temporary + " ", PATH)).isEqualTo(new TerraformBinary(program, "1.12.0"));
    }

    @Test
    void not_found_tells_where_it_looked() {
        refusal(null, Map.of("PATH", temporary + ":/nowhere"))
                .hasMessage("Terraform was not found on the PATH (looked in " + temporary
                        + ", /nowhere). Install Terraform 1.10 or newer, or set its path.");
        refusal(null, Map.of()).hasMessageContaining("PATH is empty");
    }

    @Test
    void a_setting_that_leads_nowhere() {
        refusal(temporary.resolve("gone").toString(), PATH).hasMessageContaining(temporary + "/gone, which does not exist");
    }

    @Test
    void a_file_that_may_not_be_run() throws Exception {
        Path file = Files.createFile(temporary.resolve("terraform"));

        refusal(file.toString(), PATH).hasMessageContaining("not a program that this user may run").hasMessageContaining("chmod +x");
        refusal(null, Map.of("PATH", temporary.toString())).hasMessageContaining("not a program that this user may run");
    }

    @Test
    void too_old() throws Exception {
        refusal(program("terraform", "echo '{\"terraform_version\": \"1.9.8\"}'").toString(), PATH)
                .hasMessageContaining("is version 1.9.8; 1.10 or newer is needed");
    }

    @Test
    void an_unreadable_version() throws Exception {
        refusal(program("terraform", "echo '{\"terraform_version\": \"next\"}'").toString(), PATH)
                .hasMessageContaining("calls its version \"next\"");
    }

    @Test
    void something_else_that_is_called_terraform() throws Exception {
        refusal(program("terraform", "echo hello").toString(), PATH).hasMessageContaining("does not answer as Terraform does");
        refusal(program("terraform", "exit 3").toString(), PATH).hasMessageContaining("does not answer as Terraform does")
                .hasMessageContaining("exit code 3");
    }

    @Test
    void a_program_for_another_machine() throws Exception {
        Path file = Files.write(temporary.resolve("terraform"), new byte[] {0x7f, 'E', 'L', 'F', 9, 9, 9});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        refusal(file.toString(), PATH).hasMessageContaining("cannot be run on this machine");
    }

    @Test
    void one_that_hangs_is_given_up() throws Exception {
        Path program = program("terraform", "sleep 600 & wait");

        assertThatThrownBy(() -> TerraformBinary.find(program.toString(), PATH, 2))
                .isInstanceOf(TerraformNotFoundException.class)
                .hasMessage("Terraform at " + program + " did not tell its version within 2 seconds. Set the path of one that does.");
    }

    private static AbstractThrowableAssert<?, ?> refusal(String setting, Map<String, String> environment) {
        return assertThatThrownBy(() -> TerraformBinary.find(setting, environment)).isInstanceOf(TerraformNotFoundException.class);
    }

    private Path program(String name, String script) throws Exception {
        Path file = Files.writeString(temporary.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }
}
