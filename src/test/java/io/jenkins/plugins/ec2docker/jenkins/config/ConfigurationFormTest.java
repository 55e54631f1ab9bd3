package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.util.JSONUtils;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** {@link Ec2DockerConfiguration} and {@link UpkeepConfiguration} on Jenkins' page of settings, which is slow: one Jenkins for all. */
@OneJenkins
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfigurationFormTest {

    private static final String SECTION = "/descriptorByName/" + Ec2DockerConfiguration.class.getName() + "/";
    private static final String GUARDRAILS = "/descriptorByName/" + GuardrailsConfig.class.getName() + "/";

    private static final List<String> CHECKED = Stream.concat(
            Stream.of("DefaultRegion", "DefaultTags", "Terraform", "Providers", "AwsEndpoint", "StateBackend", "MaxRetries",
                    "ConcurrentRuns",
                    "AbortGrace", "MailRecipients", "MailFrom")
                    .map(field -> SECTION + "check" + field),
            Stream.of("Regions", "InstanceTypes", "Images", "RoleArns", "IngressCidrs", "MaxLifetime", "DefaultLifetime", "MaxMonthlyCost")
                    .map(field -> GUARDRAILS + "check" + field))
            .toList();

    /** The most that the scripts of a page may take, in milliseconds; they are waited for no longer than they do. */
    private static final long WAIT = 60_000;

    private static JenkinsRule j;
    /** For all pages whose scripts are run: it compiles them once. */
    private static JenkinsRule.WebClient browser;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        j = rule;
        browser = rule.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    @AfterEach
    void nobody_is_refused() {
        Jenkins.get().disableSecurity();
    }

    @Test
    @Order(1)
    void the_defaults_change_nothing_automatically_and_survive_saving_the_page() throws Exception {
        assertThat(UpkeepConfiguration.get().driftSchedule()).isNull();
        assertThat(UpkeepConfiguration.get().sweepSchedule()).isNull();
        String before = stored();

        save(browser.goTo("configure"));

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void saving_the_page_changes_nothing_that_was_not_touched(@TempDir Path directory) throws Exception {
        everythingSet();
        ConfigurationAsCode.get().configure(UpkeepConfigurationTest.documented(directory).toString());
        String before = stored();

        save(browser.goTo("configure"));

        assertThat(stored()).isEqualTo(before);
    }

    private static String stored() {
        return Jenkins.XSTREAM2.toXML(Ec2DockerConfiguration.get()) + Jenkins.XSTREAM2.toXML(UpkeepConfiguration.get());
    }

    @Test
    void lines_of_a_text_area_become_entries() throws Exception {
        HtmlPage page = browser.goTo("configure");
        HtmlForm form = page.getFormByName("config");
        form.getTextAreaByName("_.regions").setText("eu-central-1\r\n\r\n  eu-west-1  \r\n");
        form.getTextAreaByName("_.defaultTags").setText("team = web\ncost=1");

        save(page);

        assertThat(Ec2DockerConfiguration.get().getGuardrails().getRegions()).containsExactly("eu-central-1", "eu-west-1");
        assertThat(Ec2DockerConfiguration.get().defaultTagMap()).containsEntry("team", "web").containsEntry("cost", "1");
    }

    @Test
    void wrong_values_leave_the_form_open_with_their_messages_at_their_fields_and_nothing_lost() throws Exception {
        everythingSet();
        HtmlPage page = browser.goTo("configure");
        HtmlForm form = page.getFormByName("config");
        form.getInputByName("_.defaultRegion").setValue("eu-west-1");
        form.getTextAreaByName("_.roleArns").setText("arn:foo");
        form.getTextAreaByName("_.mailRecipients").setText("ops@example.com\nnobody");
        form.getInputByName("_.driftSchedule").setValue("* * *");

        HtmlPage answer = save(page);

        assertThat(answer).as("the form, still open").isSameAs(page);
        assertThat(message(form.getTextAreaByName("_.roleArns"))).contains("Line 1 \"arn:foo\": ");
        assertThat(message(form.getTextAreaByName("_.mailRecipients"))).contains("Line 2 \"nobody\": is not a mail address");
        assertThat(message(form.getInputByName("_.driftSchedule"))).contains("must be a schedule");
        assertThat(message(form.getInputByName("_.defaultRegion"))).isEmpty();
        assertThat(form.getInputByName("_.defaultRegion").getValue()).isEqualTo("eu-west-1");
        assertThat(Ec2DockerConfiguration.get().getDefaultRegion()).isEqualTo("eu-central-1");
        assertThat(Ec2DockerConfiguration.get().getMailRecipients()).containsExactly("ops@example.com");
    }

    private static String message(DomElement field) {
        for (DomNode each = field; each != null; each = each.getParentNode()) {
            if (each instanceof DomElement element && element.getAttribute("class").contains("jenkins-form-item")) {
                DomElement error = element.querySelector(".validation-error-area .error");
                return error == null ? "" : error.getTextContent();
            }
        }
        throw new AssertionError(field + " is in no item of a form");
    }

    @Test
    void what_is_sent_without_being_checked_is_refused_in_one_sentence_with_the_label_and_the_way_back() throws Exception {
        everythingSet();
        Object schedule = UpkeepConfiguration.get().driftSchedule();
        refused("_.mailRecipients", "ops@example.com\nnobody",
                "Recipients of every mail was not saved, and with it no setting of its section.",
                "Line 2 \"nobody\": is not a mail address");
        refused("_.regions", "Frankfurt", "Guardrails was not saved", "Regions, entry 1 \"Frankfurt\": ");
        refused("_.maxRetries", "many", "Repeated calls was not saved", "must be a whole number from 0 to 100");
        refused("_.driftSchedule", "* * *", "Check for drift was not saved", "must be a schedule");
        assertThat(Ec2DockerConfiguration.get().getMailRecipients()).containsExactly("ops@example.com");
        assertThat(UpkeepConfiguration.get().driftSchedule()).isEqualTo(schedule);
    }

    /** A form that scripts send is not checked by the page. */
    private static void refused(String field, String value, String... sentences) throws Exception {
        HtmlPage page = browser.goTo("configure");
        page.executeJavaScript("const form = document.forms['config'], field = form.elements['" + field + "']; field.type = 'text';"
                + "field.value = " + JSONUtils.quote(value) + "; buildFormTree(form); form.submit();");
        browser.waitForBackgroundJavaScript(WAIT);
        HtmlPage answer = (HtmlPage) browser.getCurrentWindow().getEnclosedPage();
        assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(answer.asNormalizedText()).contains(sentences).contains("Go back to the form").doesNotContain("Exception",
                field.substring(2));
    }

    /** Presses Save; the page checks the fields before it sends them. */
    private static HtmlPage save(HtmlPage page) throws Exception {
        j.submit(page.getFormByName("config"));
        browser.waitForBackgroundJavaScript(WAIT);
        return (HtmlPage) browser.getCurrentWindow().getEnclosedPage();
    }

    @Test
    void what_is_wrong_is_said_while_typing() throws Exception {
        secure();
        JenkinsRule.WebClient admin = client("admin");
        said(admin, SECTION + "checkDefaultRegion", "eu-central-1a", "Availability Zone");
        said(admin, SECTION + "checkDefaultTags", "aws:x=1", "aws:");
        said(admin, SECTION + "checkDefaultTags", "team", "Line 1 &quot;team&quot;: must be a key and a value");
        said(admin, SECTION + "checkDefaultTags", "a=1\n\na=2", "Line 3 &quot;a=2&quot;: gives the key a a second time");
        said(admin, SECTION + "checkTerraform", "bin/terraform", "absolute path");
        said(admin, SECTION + "checkProviders", "mirror", "absolute path");
        said(admin, SECTION + "checkAwsEndpoint", "ftp://x", "address of an AWS endpoint");
        said(admin, SECTION + "checkStateBackend", "s3://states", "region is missing");
        said(admin, SECTION + "checkAwsEndpoint", "https://me:secret@example.org", "must not hold a user or a password");
        said(admin, SECTION + "checkMaxRetries", "-1", "whole number from 0 to 100");
        said(admin, SECTION + "checkConcurrentRuns", "many", "whole number from 0");
        said(admin, SECTION + "checkAbortGrace", "soon", "duration between 1s and 1d");
        said(admin, SECTION + "checkMailRecipients", "ops@example.com\na@b", "Line 2 &quot;a@b&quot;: is not a mail address");
        said(admin, SECTION + "checkMailFrom", "a@b", "is not a mail address");
        said(admin, GUARDRAILS + "checkRegions", "\nFrankfurt", "Line 2 &quot;Frankfurt&quot;: ");
        said(admin, GUARDRAILS + "checkInstanceTypes", "t3.*\nt3 small", "Line 2 &quot;t3 small&quot;: ");
        said(admin, GUARDRAILS + "checkImages", "nginx:*\na b", "Line 2 &quot;a b&quot;: ");
        said(admin, GUARDRAILS + "checkRoleArns", "admin", "Line 1 &quot;admin&quot;: ");
        said(admin, GUARDRAILS + "checkIngressCidrs", "10.0.0.0", "Line 1 &quot;10.0.0.0&quot;: ");
        said(admin, GUARDRAILS + "checkMaxLifetime", "soon", "&quot;soon&quot;: ");
        said(admin, GUARDRAILS + "checkMaxMonthlyCost", "much", "&quot;much&quot;: ");
        said(admin, GUARDRAILS + "checkDefaultLifetime?maxLifetime=1h", "8h", "&quot;8h&quot;: ");
        assertThat(ask(admin, GUARDRAILS + "checkDefaultLifetime?maxLifetime=1d", "8h")).doesNotContain("class=\"error\"");
        assertThat(ask(admin, GUARDRAILS + "checkRegions", "eu-central-1\n\neu-west-1\n")).doesNotContain("class=\"error\"");
    }

    private static void said(JenkinsRule.WebClient client, String check, String value, String sentence) throws Exception {
        assertThat(ask(client, check, value)).contains("class=\"error\"").contains(sentence).doesNotContain("secret");
    }

    @Test
    void what_is_shown_beside_a_field_is_escaped() throws Exception {
        secure();
        assertThat(ask(client("admin"), SECTION + "checkDefaultTags", "<b>x</b>\n<i>y</i>")).doesNotContain("<b>")
                .doesNotContain("<i>");
    }

    @Test
    void checks_answer_administrators_alone_and_only_by_post() throws Exception {
        secure();
        JenkinsRule.WebClient reader = client("reader");
        JenkinsRule.WebClient manager = client("manager");
        JenkinsRule.WebClient admin = client("admin");
        for (String field : CHECKED) {
            assertThat(status(reader, HttpMethod.POST, field, true)).as(field).isEqualTo(403);
            assertThat(status(manager, HttpMethod.POST, field, true)).as(field).isEqualTo(403);
            assertThat(status(admin, HttpMethod.GET, field, true)).as(field).isIn(404, 405);
            assertThat(status(admin, HttpMethod.POST, field, false)).as(field).isEqualTo(403);
            assertThat(status(admin, HttpMethod.POST, field, true)).as(field).isEqualTo(200);
        }
    }

    @Test
    void system_readers_see_everything_and_can_change_nothing() throws Exception {
        everythingSet();
        secure();

        JenkinsRule.WebClient reader = client("reader");
        HtmlPage page = reader.goTo("configure");

        assertThat(page.asNormalizedText())
                .contains("EC2 Docker", "eu-central-1", "t3.*", "arn:aws:iam::123456789012:role/x", "team=web", "ops@example.com", "15m");
        assertThat(page.querySelectorAll("[name='_.regions'], [name='_.mailFrom'], [name='_.abortGrace']")).isEmpty();
        assertThat(status(reader, HttpMethod.POST, "configSubmit", true)).isEqualTo(403);
    }

    @Test
    void managers_without_administer_do_not_get_the_guardrails_to_edit() throws Exception {
        secure();

        HtmlPage page = client("manager").goTo("configure");

        assertThat(page.querySelectorAll("[name='_.regions']")).isEmpty();
    }

    static Ec2DockerConfiguration everythingSet() {
        Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
        GuardrailsConfig guardrails = new GuardrailsConfig();
        guardrails.setRegions(List.of("eu-central-1", "eu-west-1"));
        guardrails.setInstanceTypes(List.of("t3.*"));
        guardrails.setImages(List.of("nginx:*"));
        guardrails.setRoleArns(List.of("arn:aws:iam::123456789012:role/x"));
        guardrails.setIngressCidrs(List.of("10.0.0.0/8"));
        guardrails.setMaxLifetime("7d");
        guardrails.setDefaultLifetime("8h");
        guardrails.setMaxMonthlyCost("99.50");
        settings.setGuardrails(guardrails);
        settings.setDefaultRegion("eu-central-1");
        settings.setDefaultTags(List.of("team=web", "empty="));
        settings.setTerraform("/opt/terraform");
        settings.setProviders("/opt/providers");
        settings.setAwsEndpoint("http://127.0.0.1:5000");
        settings.setStateBackend("s3://states/jenkins?region=eu-central-1");
        settings.setMaxRetries(3);
        settings.setControllerCredentials(true);
        settings.setPinImages(false);
        settings.setConcurrentRuns(4);
        settings.setAbortGrace("15m");
        settings.setMailWhen(MailWhen.FAILURE);
        settings.setMailRecipients(List.of("ops@example.com"));
        settings.setMailFrom("jenkins@example.com");
        settings.save();
        return settings;
    }

    /** Without the scripts of pages: a refusal is one with all of Jenkins'. */
    private static JenkinsRule.WebClient client(String user) throws Exception {
        return j.createWebClient().withJavaScriptEnabled(false).withBasicCredentials(user);
    }

    private static void secure() {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("reader")
                .grant(Jenkins.READ, Jenkins.MANAGE).everywhere().to("manager"));
    }

    private static String ask(JenkinsRule.WebClient client, String path, String value) throws Exception {
        WebRequest request = new WebRequest(client.createCrumbedUrl(path.substring(1)), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("value", value)));
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    private static int status(JenkinsRule.WebClient client, HttpMethod method, String path, boolean crumb) throws Exception {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        URL url = crumb ? client.createCrumbedUrl(relative) : new URL(client.getContextPath() + relative);
        WebRequest request = new WebRequest(url, method);
        if (method == HttpMethod.POST) {
            request.setRequestParameters(List.of(new NameValuePair("value", "1")));
        }
        return client.withThrowExceptionOnFailingStatusCode(false).getPage(request).getWebResponse().getStatusCode();
    }
}
