package io.jenkins.plugins.ec2docker.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCheckTest {

    @TempDir
    Path directory;

    @Test
    void an_agent_with_windows_is_told_what_would_do() {
        assertThat(AgentCheck.problem(settings(null, Map.of()), true)).startsWith("it runs Windows").contains("Linux or macOS");
    }

    @Test
    void an_agent_without_terraform_is_told_where_it_is_looked_for_whatever_container_the_step_is_in() {
        assertThat(AgentCheck.problem(settings("/nowhere/terraform", Map.of()), false))
                .startsWith("The Terraform setting points to /nowhere/terraform, which does not exist.")
                .contains("also for steps within container() and agent { docker … }");
        assertThat(AgentCheck.problem(settings(null, Map.of("PATH", "/nowhere")), false))
                .startsWith("Terraform was not found on the PATH (looked in /nowhere).");
    }

    @Test
    void an_agent_whose_path_is_stripped_is_told_which_programs_launch_terraform() throws Exception {
        Path terraform = Files.createFile(directory.resolve("terraform"));
        assertThat(terraform.toFile().setExecutable(true)).isTrue();

        assertThat(AgentCheck.problem(settings(null, Map.of("PATH", directory.toString())), false))
                .startsWith("its PATH (" + directory + ") has no sh, env, sed, cat, ln, mv, rm, which launch Terraform.");
        assertThat(AgentCheck.problem(settings(terraform.toString(), Map.of()), false)).isEmpty();
    }

    private static AgentSettings settings(String terraform, Map<String, String> node) {
        return new AgentSettings(terraform, null, List.of(new EnvVars(node)), Map.of(), Map.of());
    }
}
