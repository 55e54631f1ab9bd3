package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class ConfigurationFileTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void settings_are_there_after_a_restart() throws Throwable {
        String[] before = new String[1];
        sessions.then(j -> before[0] = Jenkins.XSTREAM2.toXML(ConfigurationFormTest.everythingSet()));
        sessions.then(j -> {
            assertThat(Jenkins.XSTREAM2.toXML(Ec2DockerConfiguration.get())).isEqualTo(before[0]);
            assertThat(SystemSettings.get().guardrails().regions()).containsExactly("eu-central-1", "eu-west-1");
        });
    }

    @Test
    void an_older_file_that_says_less_and_knows_other_fields_is_read() throws Throwable {
        sessions.then(j -> write("""
                <io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                  <defaultRegion>eu-west-1</defaultRegion>
                  <quota>7</quota>
                  <abortGrace>soon</abortGrace>
                  <concurrentRuns>-3</concurrentRuns>
                  <mailWhen>SOMETIMES</mailWhen>
                  <guardrails><images><string>nginx:*</string></images></guardrails>
                </io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                """));
        sessions.then(j -> {
            Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
            assertThat(settings.problems()).isEmpty();
            assertThat(settings.getDefaultRegion()).isEqualTo("eu-west-1");
            assertThat(settings.getAbortGrace()).isEqualTo("10m");
            assertThat(settings.getConcurrentRuns()).isZero();
            assertThat(settings.getMailWhen()).isEqualTo(MailWhen.ALWAYS);
            assertThat(settings.getMailRecipients()).isEmpty();
            assertThat(settings.getGuardrails().getRegions()).isEmpty();
            assertThat(settings.engineGuardrails().images()).containsExactly("nginx:*");
            j.configRoundtrip();
        });
    }

    @Test
    void a_guardrail_that_cannot_be_read_closes_the_door_until_it_is_mended() throws Throwable {
        sessions.then(j -> write("""
                <io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                  <guardrails><regions><string>Frankfurt</string></regions></guardrails>
                </io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                """));
        sessions.then(j -> {
            assertClosed(j, "Frankfurt");
            GuardrailsConfig mended = new GuardrailsConfig();
            mended.setRegions(List.of("eu-central-1"));
            Ec2DockerConfiguration.get().setGuardrails(mended);
            assertThat(Ec2DockerConfiguration.get().problems()).isEmpty();
            assertThat(SystemSettings.get().guardrails().regions()).containsExactly("eu-central-1");
        });
    }

    @Test
    void a_file_that_is_no_xml_closes_the_door_until_the_page_is_saved() throws Throwable {
        sessions.then(j -> write("<io.jenkins.plugins.ec2dock"));
        sessions.then(j -> {
            assertClosed(j, "cannot be read");
            j.configRoundtrip();
            assertThat(Ec2DockerConfiguration.get().problems()).isEmpty();
            assertThat(SystemSettings.get().guardrails()).isEqualTo(Guardrails.UNRESTRICTED);
        });
    }

    private static void assertClosed(JenkinsRule j, String why) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        assertThat(SystemSettings.get().refusal(Purpose.PROVISION, job)).get().asString().contains("Manage Jenkins", why);
        assertThat(SystemSettings.get().refusal(Purpose.PLAN, job)).isPresent();
        assertThat(SystemSettings.get().refusal(Purpose.DESTROY, job)).isEmpty();
        assertThat(SystemSettings.get().guardrails().regions()).containsExactly("zz-nowhere-1");
        assertThat(j.createWebClient().goTo("configure").asNormalizedText()).contains("Nothing can be provisioned at present", why);
    }

    private static void write(String xml) throws Exception {
        Path file = Jenkins.get().getRootDir().toPath().resolve(Ec2DockerConfiguration.class.getName() + ".xml");
        Files.writeString(file, "<?xml version='1.1' encoding='UTF-8'?>\n" + xml);
    }
}
