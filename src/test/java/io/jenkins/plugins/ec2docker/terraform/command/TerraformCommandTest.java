package io.jenkins.plugins.ec2docker.terraform.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each command as it is typed. */
class TerraformCommandTest {
    @Test
    void version() {
        assertThat(TerraformCommand.version().arguments()).containsExactly("version", "-json");
    }

    @Test
    void init() {
        assertThat(TerraformCommand.init().arguments()).containsExactly("init", "-json", "-input=false", "-lockfile=readonly");
    }

    @Test
    void validate() {
        assertThat(TerraformCommand.validate().arguments()).containsExactly("validate", "-json");
    }

    @Test
    void plan() {
        assertThat(TerraformCommand.plan().arguments())
                .containsExactly("plan", "-json", "-input=false", "-lock-timeout=30s", "-out=terraform.tfplan");
    }

    @Test
    void plan_to_destroy() {
        assertThat(TerraformCommand.planDestroy().arguments())
                .containsExactly("plan", "-json", "-input=false", "-lock-timeout=30s", "-destroy", "-out=terraform.tfplan");
    }

    @Test
    void plan_to_look_for_drift() {
        assertThat(TerraformCommand.planRefreshOnly().arguments())
                .containsExactly("plan", "-json", "-input=false", "-lock-timeout=30s", "-refresh-only", "-out=terraform.tfplan");
    }

    @Test
    void show_plan() {
        assertThat(TerraformCommand.showPlan().arguments()).containsExactly("show", "-json", "terraform.tfplan");
    }

    @Test
    void apply() {
        assertThat(TerraformCommand.apply().arguments())
                .containsExactly("apply", "-json", "-input=false", "-lock-timeout=30s", "terraform.tfplan");
    }

    @Test
    void output() {
        assertThat(TerraformCommand.output().arguments()).containsExactly("output", "-json");
    }

    @Test
    void state_pull() {
        assertThat(TerraformCommand.statePull().arguments()).containsExactly("state", "pull");
    }

    @Test
    void the_program_comes_first() {
        assertThat(TerraformCommand.validate().with(new TerraformBinary(Path.of("/opt/terraform"), "1.11.4")))
                .isEqualTo(List.of("/opt/terraform", "validate", "-json"));
    }
}
