package io.jenkins.plugins.ec2docker.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.SectionsParameter;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.javascript.host.event.Event;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The fields of a blueprint's sections in the form of a job: they and the text beside them are one value. */
@OneJenkins
class SectionsFormTest {
    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    /** For all pages: it compiles their scripts once. */
    private static JenkinsRule.WebClient client;
    private HtmlPage page;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
        client = rule.createWebClient();
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoscaled", "fargate"})
    void what_is_filled_in_is_saved_and_shown_again(String blueprint) throws Exception {
        open(null, null);
        choose(blueprint);
        type("environment", "staging");
        type("scaling.max", "6");
        type("loadBalancer.healthCheck.path", "/health");
        type("network.zones", "3");
        type("monitoring", "yes");
        type("monitoring.mails", "ops@example.com\nada@example.com");
        type("monitoring.cpuHigh.threshold", "75");
        type("database", "yes");
        type("database.multiAz", "false");
        type("backup", "none");

        assertThat(text()).isEqualTo("""
                environment: staging
                scaling:
                  max: 6
                loadBalancer:
                  healthCheck:
                    path: /health
                network:
                  zones: 3
                monitoring:
                  mails:
                    - ops@example.com
                    - ada@example.com
                  cpuHigh:
                    threshold: 75
                database:
                  multiAz: false
                backup: none
                """);
        save();
        assertThat(SectionsParameter.merged(builder().document()))
                .containsEntry("blueprint", blueprint)
                .containsEntry("environment", "staging")
                .containsEntry("scaling", Map.of("max", "6"))
                .containsEntry("loadBalancer", Map.of("healthCheck", Map.of("path", "/health")))
                .containsEntry("network", Map.of("zones", "3"))
                .containsEntry("monitoring",
                        Map.of("mails", List.of("ops@example.com", "ada@example.com"), "cpuHigh", Map.of("threshold", "75")))
                .containsEntry("database", Map.of("multiAz", "false"))
                .containsEntry("backup", "none");
        reopen();
        assertThat(value("scaling.max")).isEqualTo("6");
        assertThat(value("monitoring.mails")).isEqualTo("ops@example.com\nada@example.com");
        assertThat(value("database")).isEqualTo("yes");
        assertThat(value("backup")).isEqualTo("none");
        assertThat(value("registry")).isEmpty();
    }

    @Test
    void one_instance_has_no_sections() throws Exception {
        open(null, null);
        assertThat(page.querySelectorAll("[data-path]")).isEmpty();
        choose("fargate");
        assertThat(page.querySelectorAll("[data-path]")).hasSizeGreaterThan(60);
        choose("instance");
        assertThat(page.querySelectorAll("[data-path]")).isEmpty();
        assertThat(page.<DomElement>querySelector(".ec2-docker-blueprint__text").hasAttribute("hidden")).isTrue();
    }

    @Test
    void each_blueprint_has_the_fields_that_it_knows() throws Exception {
        open("autoscaled", null);
        assertThat(field("imageRelease")).isNotNull();
        assertThat(field("task.cpu")).isNull();
        choose("fargate");
        assertThat(field("imageRelease")).isNull();
        assertThat(field("task.cpu")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "scaling.max|many|max \"many\": must be a whole number from 1 to 1000000.",
        "loadBalancer.idleTimeout|4001|idleTimeout \"4001\": must be a whole number from 1 to 4000 s.",
        "network.nat|both|nat \"both\": must be one of: none, single, per_zone.",
        "monitoring.mails|ops|mails[0] \"ops\": "
    })
    void a_bad_value_has_a_sentence_at_its_field(String path, String value, String sentence) throws Exception {
        open("autoscaled", "monitoring: {}");
        type(path, value);
        assertThat(problem(path)).startsWith(sentence);
        type(path, "");
        assertThat(problem(path)).isEmpty();
    }

    @Test
    void what_ties_fields_together_is_told_at_their_section() throws Exception {
        open("autoscaled", null);
        type("scaling.min", "5");
        assertThat(problem("scaling")).isEqualTo("scaling: has a min of 5 above its max of 3; lower one or raise the other.");
        type("environment", "production");
        assertThat(problem("scaling")).isEmpty();
    }

    @Test
    void what_an_environment_brings_is_suggested() throws Exception {
        open("autoscaled", null);
        assertThat(field("scaling.max").getAttribute("placeholder")).isEqualTo("3");
        type("environment", "production");
        assertThat(field("scaling.max").getAttribute("placeholder")).isEqualTo("10");
        assertThat(field("monitoring").querySelector("option").getTextContent()).isEqualTo("not given: yes");
    }

    @Test
    void what_nobody_changed_stays_as_it_was_written() throws Exception {
        String written =
                "# ours\nenvironment: ${STAGE}\nscaling: {max: \"${MAX}\", schedules: {night: {cron: \"0 20 * * *\", min: 0, max: 0, desired: 0}}}\ncontainers: []";
        open("autoscaled", written);
        assertThat(value("environment")).isEqualTo("${STAGE}");
        assertThat(value("scaling.max")).isEqualTo("${MAX}");
        save();
        assertThat(builder().getSections()).isEqualTo(written);
    }

    @Test
    void what_no_field_shows_stays_beside_what_is_changed() throws Exception {
        open("autoscaled", "database: ${DATABASE}\nmonitoring:\n  mails: ${MAILS}\nscaling:\n  min: ${MIN}\n"
                + "  schedules: {night: {cron: \"0 20 * * *\", min: 0, max: 0, desired: 0}}\nunheardOf: 'a: b'\nnetwork:");
        assertThat(field("database").hasAttribute("disabled")).isTrue();
        assertThat(field("monitoring.mails").hasAttribute("disabled")).isTrue();
        type("scaling.max", "9");
        assertThat(text()).isEqualTo("""
                database: ${DATABASE}
                monitoring:
                  mails: ${MAILS}
                scaling:
                  min: ${MIN}
                  schedules:
                    night:
                      cron: "0 20 * * *"
                      min: 0
                      max: 0
                      desired: 0
                  max: 9
                unheardOf: "a: b"
                network:
                """);
        assertThat(problem("scaling")).isEmpty();
    }

    @Test
    void a_text_that_cannot_be_read_is_left_alone() throws Exception {
        open("fargate", "scaling: {max: ${MAX}}");
        assertThat(page.<DomElement>querySelector(".ec2-docker-blueprint__sections").hasAttribute("hidden")).isTrue();
        save();
        assertThat(builder().getSections()).isEqualTo("scaling: {max: ${MAX}}");
    }

    @Test
    void a_text_that_is_changed_is_shown_by_the_fields() throws Exception {
        open("fargate", "scaling: {max: 4}");
        HtmlTextArea text = page.querySelector("[name='_.sections']");
        text.setText("task: {cpu: 512, memory: 2048}");
        text.fireEvent(Event.TYPE_CHANGE);
        settle();
        assertThat(value("scaling.max")).isEmpty();
        assertThat(value("task.memory")).isEqualTo("2048");
    }

    @Test
    void an_optional_section_comes_back_with_what_was_in_it() throws Exception {
        open("fargate", "database: {name: shop}");
        type("database", "none");
        assertThat(text()).isEqualTo("database: none\n");
        type("database", "yes");
        assertThat(text()).isEqualTo("database:\n  name: shop\n");
        type("database.name", "");
        assertThat(text()).isEqualTo("database: {}\n");
        type("database", "");
        assertThat(text()).isEmpty();
    }

    private void open(String blueprint, String sections) throws Exception {
        job = jenkins.createFreeStyleProject();
        ProvisionBuilder builder = new ProvisionBuilder("eu-central-1", null);
        builder.setContainers(List.of(new AppContainer("nginx:1.27")));
        builder.setBlueprint(blueprint);
        builder.setSections(sections);
        job.getBuildersList().add(builder);
        reopen();
    }

    private void reopen() throws Exception {
        page = client.getPage(job, "configure");
        settle();
    }

    private ProvisionBuilder builder() {
        return job.getBuildersList().get(ProvisionBuilder.class);
    }

    private void save() throws Exception {
        HtmlForm form = page.getFormByName("config");
        jenkins.submit(form);
    }

    private void choose(String blueprint) {
        HtmlInput input = page.querySelector("[name='_.blueprint']");
        input.setValue(blueprint);
        input.fireEvent(Event.TYPE_CHANGE);
        settle();
    }

    private DomElement field(String path) {
        return page.querySelector("[data-path='" + path + "']");
    }

    private String value(String path) {
        DomElement field = field(path);
        return field instanceof HtmlTextArea area ? area.getText()
                : field instanceof org.htmlunit.html.HtmlSelect select ? select.getSelectedOptions().get(0).getValueAttribute()
                        : ((HtmlInput) field).getValue();
    }

    private void type(String path, String value) {
        DomElement field = field(path);
        if (field instanceof HtmlTextArea area) {
            area.setText(value);
        } else if (field instanceof org.htmlunit.html.HtmlSelect select) {
            select.setSelectedAttribute(value, true);
        } else {
            ((HtmlInput) field).setValue(value);
        }
        field.fireEvent(Event.TYPE_CHANGE);
        settle();
    }

    private String text() {
        return page.<HtmlTextArea>querySelector("[name='_.sections']").getText();
    }

    private String problem(String path) {
        return page.<DomElement>querySelector("[data-problem='" + path + "']").getTextContent().strip();
    }

    private void settle() {
        client.waitForBackgroundJavaScript(20_000);
    }
}
