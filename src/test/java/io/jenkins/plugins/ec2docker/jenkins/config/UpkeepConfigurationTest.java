package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UpkeepConfigurationTest {

    @TempDir
    Path directory;

    @Test
    void every_setting_of_the_documentation_comes_in_goes_out_and_survives_the_form(JenkinsRule j) throws Exception {
        String page = Files.readString(Path.of("docs", "upkeep.md"));
        String heading = "## JCasC\n```yaml\n";
        int from = page.indexOf(heading) + heading.length();
        String example = page.substring(from, page.indexOf("```", from));
        ConfigurationAsCode.get().configure(Files.writeString(directory.resolve("example.yaml"), example).toString());

        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String exported = Util.toYamlString(Util.getUnclassifiedRoot(context).get("ec2DockerUpkeep"));
        assertThat(exported.lines().map(line -> line.replaceFirst(":.*", "")))
                .containsExactlyInAnyOrderElementsOf(example.lines().skip(2).map(line -> line.strip().replaceFirst(":.*", "")).toList());
        String before = Jenkins.XSTREAM2.toXML(UpkeepConfiguration.get());
        j.configRoundtrip();
        assertThat(Jenkins.XSTREAM2.toXML(UpkeepConfiguration.get())).isEqualTo(before);
    }

    @Test
    void by_default_nothing_is_changed_by_itself_and_the_form_leaves_it_so(JenkinsRule j) throws Exception {
        assertThat(UpkeepConfiguration.get().driftSchedule()).isNull();
        assertThat(UpkeepConfiguration.get().sweepSchedule()).isNull();
        String before = Jenkins.XSTREAM2.toXML(UpkeepConfiguration.get());

        j.configRoundtrip();

        assertThat(Jenkins.XSTREAM2.toXML(UpkeepConfiguration.get())).isEqualTo(before);
    }

    @Test
    void what_breaks_a_rule_is_refused_with_a_sentence_and_changes_nothing(JenkinsRule j) throws Exception {
        assertThatThrownBy(() -> UpkeepConfiguration.get().setDriftSchedule("every night"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("driftSchedule")
                .hasMessageContaining("\"every night\": must be a schedule in Jenkins' cron syntax");
        JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = client.goTo("configure").getFormByName("config");
        form.getInputByName("_.driftSchedule").setValue("* * *");

        HtmlPage answer = j.submit(form);

        assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(answer.asNormalizedText()).contains("driftSchedule").doesNotContain("Exception");
        assertThat(UpkeepConfiguration.get().driftSchedule()).isNull();
    }
}
