package io.jenkins.plugins.ec2docker.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredDeployments;
import io.jenkins.plugins.ec2docker.jenkins.step.DestroyStep;
import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import io.jenkins.plugins.ec2docker.jenkins.step.RollbackStep;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.lang.reflect.Method;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may ask what the form asks, over HTTP: every check, suggestion, button and part that is loaded later. */
@WithJenkins
class FormUrlsTest {
    private static final List<Class<?>> FORMS =
            List.of(ProvisionStep.class, DestroyStep.class, RollbackStep.class, AppContainer.class, AppHealthcheck.class,
                    AppRole.class, AppNetwork.class, AppDisk.class, AppHealth.class, AppSchedule.class);

    private static JenkinsRule jenkins;

    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();

    @BeforeAll
    static void a_job_that_one_may_configure_and_another_may_read(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.createFreeStyleProject("web");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("configurer")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ).everywhere().to("viewer")
                .grant(Jenkins.READ, Item.READ, Item.BUILD).everywhere().to("builder")
                .grant(Jenkins.ADMINISTER).everywhere().to("admin"));
    }

    @Test
    void nothing_is_asked_by_get() throws Exception {
        for (String url : urls()) {
            assertThat(ask("admin", HttpMethod.GET, url).getStatusCode()).as(url).isIn(404, 405);
        }
    }

    @Test
    void who_may_not_see_how_the_job_is_configured_is_refused() throws Exception {
        for (String url : urls()) {
            WebResponse answer = ask("builder", HttpMethod.POST, url);
            if (url.endsWith("fillCredentialsIdItems")) {
                assertThat(answer.getContentAsString()).as(url).contains("\"chosen\"").doesNotContain("\"secret\"");
            } else {
                assertThat(answer.getStatusCode()).as(url).isEqualTo(403);
            }
        }
    }

    @Test
    void who_may_configure_the_job_is_answered() throws Exception {
        for (String url : urls()) {
            assertThat(ask("configurer", HttpMethod.POST, url).getStatusCode()).as(url).isEqualTo(200);
        }
    }

    @Test
    void who_may_see_how_the_job_is_configured_is_answered_without_anything_being_asked_of_aws() throws Exception {
        for (String url : urls()) {
            WebResponse answer = ask("viewer", HttpMethod.POST, url);
            assertThat(answer.getStatusCode()).as(url).isEqualTo(200);
            if (url.endsWith("/tryRole")) {
                assertThat(answer.getContentAsString()).contains("takes Job/Configure");
            }
        }
    }

    @Test
    void steps_on_a_deployment_suggest_what_there_is_and_nothing_is_wrong_before_it_is_typed() throws Exception {
        JobDeployments.of("web").save(StoredDeployments.changed("shop", "shop-3f9a1c20", Instant.now()));
        JobDeployments.of("web")
                .save(StoredDeployments.of("old", "old-3f9a1c20", Instant.now(), Deployment.Status.EMPTY, "http://203.0.113.17/"));
        String step = "job/web/" + Jenkins.get().getDescriptorOrDie(RollbackStep.class).getDescriptorUrl() + "/";

        assertThat(ask("configurer", HttpMethod.POST, step + "fillDeploymentItems").getContentAsString()).contains("shop")
                .doesNotContain("old");
        assertThat(ask("configurer", HttpMethod.POST, step + "fillToItems", "?deployment=shop").getContentAsString())
                .containsSubsequence("run-3", "run-1");
        assertThat(ask("configurer", HttpMethod.POST, step + "checkTo", "?deployment=shop&value=run-9").getContentAsString())
                .contains("class=\"error\"", "has no run &quot;run-9&quot;");
        assertThat(ask("configurer", HttpMethod.POST, step + "checkDeployment", "?value=").getContentAsString())
                .doesNotContain("class=\"error\"");
    }

    @Test
    void outside_of_jobs_only_administrators_are_answered() throws Exception {
        for (String url : urls()) {
            String outside = url.substring("job/web/".length());
            int expected = url.endsWith("fillCredentialsIdItems") ? 200 : 403;
            assertThat(ask("configurer", HttpMethod.POST, outside).getStatusCode()).as(outside).isEqualTo(expected);
            assertThat(ask("admin", HttpMethod.POST, outside).getStatusCode()).as(outside).isEqualTo(200);
        }
    }

    @Test
    void a_post_without_crumb_is_refused() throws Exception {
        for (String url : urls()) {
            JenkinsRule.WebClient client = client("configurer");
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), url), HttpMethod.POST);
            assertThat(client.getPage(request).getWebResponse().getStatusCode()).as(url).isEqualTo(403);
        }
    }

    private static List<String> urls() {
        List<String> urls = new ArrayList<>();
        for (Class<?> form : FORMS) {
            Descriptor<?> descriptor = Jenkins.get().getDescriptorOrDie(form.asSubclass(hudson.model.Describable.class));
            Stream.of(descriptor.getClass().getMethods())
                    .map(Method::getName)
                    .filter(name -> name.matches("do(Check|Fill|Read|Show|Try).+"))
                    .map(name -> Character.toLowerCase(name.charAt(2)) + name.substring(3))
                    .sorted()
                    .map(name -> "job/web/" + descriptor.getDescriptorUrl() + "/" + name)
                    .forEach(urls::add);
        }
        assertThat(urls).hasSizeGreaterThan(50);
        return urls;
    }

    private WebResponse ask(String user, HttpMethod method, String url) throws Exception {
        String query = "?value=x&users=&sshPublicKey=&region=us-east-1&credentialsId=chosen&arn=&externalId=&durationSeconds=&role=false";
        return ask(user, method, url, query);
    }

    private WebResponse ask(String user, HttpMethod method, String url, String query) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), url + query), method);
        return client.getPage(method == HttpMethod.POST ? client.addCrumb(request) : request).getWebResponse();
    }

    /** One for each user: a client holds on to every page that it has been given. */
    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) {
            client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            client.withBasicCredentials(user);
            clients.put(user, client);
        }
        return client;
    }
}
