package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Failure;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredDeployments;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredRuns;
import io.jenkins.plugins.ec2docker.jenkins.pages.Views;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;

@OneJenkins
class JobDeploymentsActionTest {

    @TestExtension
    public static final class Runs extends StoredRuns {}

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private JenkinsRule.WebClient client;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void a_job() throws Exception {
        job = jenkins.createFreeStyleProject("web-shop");
        client = jenkins.createWebClient().withJavaScriptEnabled(false);
    }

    @AfterEach
    void leave_nothing() throws Exception {
        client.close();
        SharedJenkins.empty();
    }

    @Test
    void a_job_without_deployments_shows_nothing_of_them() throws Exception {
        assertThat(job.getAction(JobDeploymentsAction.class)).isNull();
        assertThat(client.getPage(job).querySelectorAll(".ec2-docker-job")).isEmpty();
    }

    @Test
    void the_jobs_page_shows_what_is_in_aws_before_what_is_gone() throws Exception {
        jenkins.buildAndAssertSuccess(job);
        Instant now = Instant.now();
        save("web", now.minusSeconds(600), Deployment.Status.LIVE, "http://203.0.113.17/");
        save("old", now, Deployment.Status.EMPTY, "http://203.0.113.18/");
        HtmlPage page = client.getPage(job);
        assertThat(page.querySelectorAll(".ec2-docker-job tbody tr")).hasSize(2);
        assertThat(page.querySelector(".ec2-docker-job tbody tr").getTextContent()).contains("Live", "web", "eu-central-1", "alice");
        assertThat(page.getAnchorByHref("http://203.0.113.17/").getAttribute("rel")).contains("noopener");
        assertThat(page.asNormalizedText()).contains("Destroyed").doesNotContain("203.0.113.18");
        assertThat(page.getAnchorByText("web").getHrefAttribute()).endsWith("/job/web-shop/ec2-docker/deployment/web/");
        assertThat(page.getAnchorByText("alice (web-shop #1)").getHrefAttribute()).endsWith("/job/web-shop/1/");
    }

    @Test
    void the_jobs_page_shows_the_latest_and_the_sub_page_all() throws Exception {
        for (int i = 0; i < 8; i++) {
            save("web-" + i, Instant.now().minusSeconds(i), Deployment.Status.LIVE, "http://203.0.113.17/");
        }
        HtmlPage page = client.getPage(job);
        assertThat(page.querySelectorAll(".ec2-docker-job tbody tr")).hasSize(5);
        assertThat(page.asNormalizedText()).contains("web-0", "All deployments").doesNotContain("web-7");
        assertThat(client.getPage(job, "ec2-docker").querySelectorAll("tbody tr")).hasSize(8);
    }

    @Test
    void the_sub_page_and_the_rest_api_come_in_pages_and_read_no_others() throws Exception {
        for (int i = 0; i < 60; i++) {
            save("web-" + i, Instant.now().minusSeconds(i), i == 0 ? Deployment.Status.LIVE : Deployment.Status.EMPTY,
                    "http://203.0.113.17/");
            Path file = JobDeployments.directory("web-shop").resolve("web-" + i).resolve("deployment.json");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(i)));
        }
        HtmlPage first = client.getPage(job, "ec2-docker");
        assertThat(first.querySelectorAll("tbody tr")).hasSize(50);
        assertThat(first.asNormalizedText()).contains("web-0", "1 to 50 of 60, the latest first", "Next").doesNotContain("web-50");
        HtmlPage second = first.getAnchorByText("Next").click();
        assertThat(second.querySelectorAll("tbody tr")).hasSize(10);
        assertThat(second.asNormalizedText()).contains("web-50", "51 to 60 of 60", "Previous").doesNotContain("web-49", "Next");
        JSONObject json = jenkins.getJSON("job/web-shop/ec2-docker/api/json?page=2").getJSONObject();
        assertThat(json.getInt("page")).isEqualTo(2);
        assertThat(json.getInt("total")).isEqualTo(60);
        assertThat(json.getJSONArray("deployments").size()).isEqualTo(10);
        assertThat(client.getPage(job).asNormalizedText()).as("what is in AWS first").contains("web-0", "All deployments");
    }

    @Test
    void hostile_values_do_nothing() throws Exception {
        save("web", Instant.now(), Deployment.Status.LIVE, Views.HOSTILE);
        save("other", Instant.now(), Deployment.Status.LIVE, "javascript:document.title='owned'");
        client.withJavaScriptEnabled(true);
        HtmlPage page = client.getPage(job);
        assertThat(page.getTitleText()).isNotEqualTo("owned");
        assertThat(page.querySelectorAll("img[src=x], a[href^='javascript']")).isEmpty();
        assertThat(page.asNormalizedText()).contains(Views.HOSTILE);
    }

    @Test
    void builds_are_not_loaded_for_it() throws Exception {
        jenkins.buildAndAssertSuccess(job);
        save("web", Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        Jenkins.get().reload();
        FreeStyleProject reloaded = Jenkins.get().getItemByFullName("web-shop", FreeStyleProject.class);
        assertThat(reloaded.getAction(JobDeploymentsAction.class).getDeployments().get(0).getPage()).isEqualTo("job/web-shop/1/");
        assertThat(reloaded._getRuns().getLoadedBuilds()).isEmpty();
    }

    @Test
    void one_whose_name_todays_rules_reject_has_its_page_as_well() throws Exception {
        String name = "Web_" + "w".repeat(40);
        save(name, Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        HtmlPage page = client.getPage(job).getAnchorByText(name).click();
        assertThat(page.asNormalizedText()).contains(name, "203.0.113.17");
    }

    @Test
    void the_rest_api_tells_the_same() throws Exception {
        save("web", Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        JSONObject json = jenkins.getJSON("job/web-shop/ec2-docker/api/json").getJSONObject();
        JSONObject deployment = json.getJSONArray("deployments").getJSONObject(0);
        assertThat(deployment.getString("name")).isEqualTo("web");
        assertThat(deployment.getString("status")).isEqualTo("live");
        assertThat(deployment.getJSONObject("outputs").getString("url")).isEqualTo("http://203.0.113.17/");
    }

    @Test
    void who_may_not_read_the_job_sees_nothing() throws Exception {
        save("web", Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        Jenkins.get().setSecurityRealm(jenkins.createDummySecurityRealm());
        Jenkins.get().setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().to("stranger", "reader")
                .grant(Item.READ).everywhere().to("reader"));
        client.withThrowExceptionOnFailingStatusCode(false).withBasicCredentials("stranger");
        assertThat(client.goTo("job/web-shop/ec2-docker/").getWebResponse().getStatusCode()).isEqualTo(404);
        assertThat(client.withBasicCredentials("reader").goTo("job/web-shop/ec2-docker/").getWebResponse().getStatusCode()).isEqualTo(200);
    }

    @Test
    void an_end_is_put_off_by_those_who_may_provision_and_within_what_is_allowed() throws Exception {
        save("web", Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        Instant end = deployment("web").expires();
        Jenkins.get().setSecurityRealm(jenkins.createDummySecurityRealm());
        Jenkins.get().setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader", "maintainer")
                .grant(Ec2DockerPermissions.MAINTAIN).everywhere().to("maintainer"));

        client.withThrowExceptionOnFailingStatusCode(false).withBasicCredentials("reader");
        assertThat(client.getPage(job, "ec2-docker").asNormalizedText()).doesNotContain("Extend");
        assertThat(extend("web", "1d", true).getStatusCode()).isEqualTo(403);
        client.withBasicCredentials("maintainer");
        assertThat(client.getPage(job, "ec2-docker").asNormalizedText()).contains("Extend");
        assertThat(client.goTo("job/web-shop/ec2-docker/extend?deployment=web&by=1d").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(extend("web", "1d", false).getStatusCode()).isEqualTo(403);
        assertThat(extend("web", "soon", true).getContentAsString()).contains("give a length such as 4h or 2d");
        assertThat(extend("../../secrets", "1d", true).getContentAsString()).contains("There is no deployment");
        assertThat(deployment("web").expires()).isEqualTo(end);

        assertThat(extend("web", "1d", true).getStatusCode()).isEqualTo(200);
        assertThat(deployment("web").expires()).isEqualTo(end.plus(Duration.ofDays(1)));
    }

    @Test
    void a_job_that_has_something_in_aws_cannot_be_deleted_by_hand() throws Exception {
        save("web", Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        try (ACLContext person = ACL.as2(Jenkins.ANONYMOUS2)) {
            assertThatThrownBy(() -> job.delete())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("web-shop still has in AWS: deployment \"web\" in eu-central-1. Destroy that first");
        }
        assertThat(Jenkins.get().getItemByFullName("web-shop")).isNotNull();

        save("web", Instant.now(), Deployment.Status.EMPTY, "http://203.0.113.17/");
        job.delete();

        assertThat(Jenkins.get().getItemByFullName("web-shop")).isNull();
    }

    @Test
    void all_of_jenkins_is_listed_to_each_reader_as_far_as_they_may_see() throws Exception {
        save("web", Instant.now(), Deployment.Status.LIVE, "http://203.0.113.17/");
        FreeStyleProject gone = jenkins.createFreeStyleProject("gone");
        JobDeployments.of(gone).save(StoredDeployments.live("left", "left-3f9a1c20", Instant.now()));
        gone.delete();
        Jenkins.get().setSecurityRealm(jenkins.createDummySecurityRealm());
        Jenkins.get().setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().to("stranger", "reader")
                .grant(Item.READ).everywhere().to("reader")
                .grant(Jenkins.ADMINISTER).everywhere().to("admin"));

        assertThat(client.withBasicCredentials("stranger").goTo("ec2-docker/").asNormalizedText()).doesNotContain("web-shop", "left");
        assertThat(client.withBasicCredentials("reader").goTo("ec2-docker/").asNormalizedText()).contains("web-shop")
                .doesNotContain("left");
        assertThat(client.withBasicCredentials("admin").goTo("ec2-docker/").asNormalizedText()).contains("web-shop", "left",
                "gone (deleted)");
        assertThat(client.goTo("ec2-docker/api/json", "application/json").getWebResponse().getContentAsString())
                .contains("\"jobName\":\"gone\"", "\"name\":\"left\"");
    }

    private Deployment deployment(String name) throws Exception {
        return JobDeployments.of(job).find(name).orElseThrow();
    }

    private WebResponse extend(String name, String by, boolean withCrumb) throws Exception {
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), "job/web-shop/ec2-docker/extend?deployment=" + name + "&by=" + by), HttpMethod.POST);
        if (withCrumb) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    private void save(String name, Instant updated, Deployment.Status status, String url) throws Exception {
        JobDeployments.of(job).save(StoredDeployments.of(name, name + "-3f9a1c20", updated, status, url));
    }
}
