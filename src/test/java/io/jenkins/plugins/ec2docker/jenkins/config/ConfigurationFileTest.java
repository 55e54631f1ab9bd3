package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.jvnet.hudson.test.JenkinsRule;

/** In an order in which each test finds the settings that it needs. */
@OneJenkins
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfigurationFileTest {

    private static JenkinsRule j;
    private static JenkinsRule.WebClient browser;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        j = rule;
        browser = rule.createWebClient();
    }

    private static void savePage() throws Exception {
        j.submit(browser.goTo("configure").getFormByName("config"));
    }

    @Test
    @Order(4)
    void settings_are_there_after_a_restart() throws Throwable {
        String before = Jenkins.XSTREAM2.toXML(ConfigurationFormTest.everythingSet());

        j.restart();

        assertThat(Jenkins.XSTREAM2.toXML(Ec2DockerConfiguration.get())).isEqualTo(before);
        assertThat(SystemSettings.get().guardrails().regions()).containsExactly("eu-central-1", "eu-west-1");
    }

    @Test
    @Order(2)
    void an_older_file_that_says_less_and_knows_other_fields_is_read() throws Throwable {
        start("""
                <io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                  <defaultRegion>eu-west-1</defaultRegion>
                  <quota>7</quota>
                  <abortGrace>soon</abortGrace>
                  <concurrentRuns>-3</concurrentRuns>
                  <mailWhen>SOMETIMES</mailWhen>
                  <guardrails><images><string>nginx:*</string></images></guardrails>
                </io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                """);
        Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.getDefaultRegion()).isEqualTo("eu-west-1");
        assertThat(settings.getAbortGrace()).isEqualTo("10m");
        assertThat(settings.getConcurrentRuns()).isZero();
        assertThat(settings.getMailWhen()).isEqualTo(MailWhen.ALWAYS);
        assertThat(settings.getMailRecipients()).isEmpty();
        assertThat(settings.getGuardrails().getRegions()).isEmpty();
        assertThat(settings.engineGuardrails().images()).containsExactly("nginx:*");
        savePage();
    }

    @Test
    @Order(3)
    void a_guardrail_that_cannot_be_read_closes_the_door_until_it_is_mended() throws Throwable {
        start("""
                <io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                  <guardrails><regions><string>Frankfurt</string></regions></guardrails>
                </io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration>
                """);
        assertClosed("Frankfurt");
        GuardrailsConfig mended = new GuardrailsConfig();
        mended.setRegions(List.of("eu-central-1"));
        Ec2DockerConfiguration.get().setGuardrails(mended);
        assertThat(Ec2DockerConfiguration.get().problems()).isEmpty();
        assertThat(SystemSettings.get().guardrails().regions()).containsExactly("eu-central-1");
    }

    @Test
    @Order(1)
    void a_file_that_is_no_xml_closes_the_door_until_the_page_is_saved() throws Throwable {
        start("<io.jenkins.plugins.ec2dock");
        assertClosed("cannot be read");
        savePage();
        assertThat(Ec2DockerConfiguration.get().problems()).isEmpty();
        assertThat(SystemSettings.get().guardrails()).isEqualTo(Guardrails.UNRESTRICTED);
    }

    private static void assertClosed(String why) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        assertThat(SystemSettings.get().refusal(Purpose.PROVISION, job)).get().asString().contains("Manage Jenkins", why);
        assertThat(SystemSettings.get().refusal(Purpose.PLAN, job)).isPresent();
        assertThat(SystemSettings.get().refusal(Purpose.DESTROY, job)).isEmpty();
        assertThat(SystemSettings.get().guardrails().regions()).containsExactly("zz-nowhere-1");
        assertThat(j.createWebClient().withJavaScriptEnabled(false).goTo("configure").asNormalizedText())
                .contains("Nothing can be provisioned at present", why);
    }

    /** As at the start of a Jenkins that has this file. */
    private static void start(String xml) throws Exception {
        Path file = Jenkins.get().getRootDir().toPath().resolve(Ec2DockerConfiguration.class.getName() + ".xml");
        Files.writeString(file, "<?xml version='1.1' encoding='UTF-8'?>\n" + xml);
        Ec2DockerConfiguration.get().load();
    }
}
