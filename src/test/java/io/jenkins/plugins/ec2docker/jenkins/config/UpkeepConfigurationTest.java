package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.run.store.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UpkeepConfigurationTest {

    @Test
    void every_setting_of_the_documentation_comes_in_and_goes_out_and_a_wrong_one_changes_nothing(JenkinsRule j, @TempDir Path directory)
            throws Exception {
        assertThatThrownBy(() -> UpkeepConfiguration.get().setDriftSchedule("every night"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("driftSchedule")
                .hasMessageContaining("\"every night\": must be a schedule in Jenkins' cron syntax");
        assertThat(UpkeepConfiguration.get().driftSchedule()).isNull();
        assertThatThrownBy(() -> UpkeepConfiguration.get().setKeepRuns(-1))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("keepRuns")
                .hasMessageContaining("\"-1\": must be a whole number from 0 to 10,000");
        assertThatThrownBy(() -> UpkeepConfiguration.get().setKeepDays(36_501)).hasMessageContaining("keepDays");
        assertThat(UpkeepSettings.get().history()).isEqualTo(Retention.STANDARD).isEqualTo(new Retention(50, 180));
        Path example = documented(directory);
        ConfigurationAsCode.get().configure(example.toString());

        assertThat(UpkeepSettings.get().history()).isEqualTo(new Retention(100, 365));
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String exported = Util.toYamlString(Util.getUnclassifiedRoot(context).get("ec2DockerUpkeep"));
        assertThat(exported.lines().map(line -> line.replaceFirst(":.*", "")))
                .containsExactlyInAnyOrderElementsOf(
                        Files.readAllLines(example).stream().skip(2).map(line -> line.strip().replaceFirst(":.*", "")).toList());
    }

    /** The example of {@code docs/upkeep.md} as a file; it has every setting. */
    static Path documented(Path directory) throws IOException {
        String page = Files.readString(Path.of("docs", "upkeep.md"));
        String heading = "## JCasC\n```yaml\n";
        int from = page.indexOf(heading) + heading.length();
        return Files.writeString(directory.resolve("upkeep.yaml"), page.substring(from, page.indexOf("```", from)));
    }
}
