package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

@OneJenkins
class ConfigurationAsCodeTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {}

    @Test
    void every_setting_comes_in_and_goes_out_as_it_was_written() throws Exception {
        ConfigurationAsCode.get().configure(file("jcasc.yaml"));

        Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
        assertThat(settings.engineGuardrails().regions()).containsExactly("eu-central-1", "eu-west-1");
        assertThat(settings.engineGuardrails().maxLifetime()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.getMailWhen()).isEqualTo(MailWhen.FAILURE);
        assertThat(settings.getMailRecipients()).containsExactly("ops@example.com", "on-call@example.com");
        assertThat(SystemSettings.get().concurrentRuns()).isEqualTo(8);
        assertThat(SystemSettings.get().abortGrace()).isEqualTo(Duration.ofMinutes(15));
        assertThat(SystemSettings.get().stateBackend().bucket()).isEqualTo("states");
        assertThat(SystemSettings.get().environment()).containsEntry("AWS_ENDPOINT_URL", "https://aws.example.com")
                .containsEntry("EC2_DOCKER_PIN_IMAGES", "false");

        assertThat(exported()).isEqualTo(Files.readString(Path.of(file("exported.yaml"))));
    }

    @Test
    void what_was_exported_can_be_imported() throws Exception {
        ConfigurationAsCode.get().configure(file("jcasc.yaml"));
        String first = exported();
        Path again = Files.writeString(directory.resolve("again.yaml"), "unclassified:\n  ec2Docker:\n" + first.indent(4));

        Ec2DockerConfiguration.get().setGuardrails(null);
        Ec2DockerConfiguration.get().setAbortGrace(null);
        ConfigurationAsCode.get().configure(again.toString());

        assertThat(exported()).isEqualTo(first);
    }

    @Test
    void the_example_of_the_documentation_is_taken() throws Exception {
        String page = Files.readString(Path.of("docs", "administration.md"));
        String heading = "## JCasC\n```yaml\n";
        int from = page.indexOf(heading) + heading.length();
        Path example = Files.writeString(directory.resolve("example.yaml"), page.substring(from, page.indexOf("```", from)));

        ConfigurationAsCode.get().configure(example.toString());

        assertThat(Ec2DockerConfiguration.get().getMailRecipients()).containsExactly("ops@example.com");
        assertThat(Ec2DockerConfiguration.get().problems()).isEmpty();
    }

    @Test
    void the_documentation_has_every_setting() throws Exception {
        String page = Files.readString(Path.of("docs", "administration.md"));

        assertThat(Files.readAllLines(Path.of(file("exported.yaml"))))
                .filteredOn(line -> line.contains(":") && !line.strip().startsWith("-"))
                .hasSize(22)
                .allSatisfy(line -> assertThat(page).contains("`" + line.strip().replaceFirst(":.*", "")));
    }

    @Test
    void a_wrong_line_is_refused_with_a_sentence_and_changes_nothing() throws Exception {
        ConfigurationAsCode.get().configure(file("jcasc.yaml"));
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"), "unclassified:\n  ec2Docker:\n    guardrails:\n      regions: [eu-west-1, Frankfurt]\n");

        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(wrong.toString()))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("regions, entry 2 \"Frankfurt\": ");
        assertThat(Ec2DockerConfiguration.get().getGuardrails().getRegions()).containsExactly("eu-central-1", "eu-west-1");
    }

    private static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return Util.toYamlString(Util.getUnclassifiedRoot(context).get("ec2Docker"));
    }

    private String file(String name) throws Exception {
        Path copy = directory.resolve(name);
        try (InputStream in = getClass().getResourceAsStream(name)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy.toString();
    }
}
