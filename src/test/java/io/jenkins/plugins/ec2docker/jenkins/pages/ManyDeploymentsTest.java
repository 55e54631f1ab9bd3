package io.jenkins.plugins.ec2docker.jenkins.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.Paging;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Ten thousand deployments: a page of their list reads those that stand on it, whatever the others are. */
@WithJenkins
class ManyDeploymentsTest {

    private static final int JOBS = 20;
    private static final int EACH = 500;
    private static final Instant LATEST = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void a_page_reads_what_is_on_it_and_nothing_else(JenkinsRule jenkins) throws Exception {
        for (int i = 0; i < JOBS; i++) {
            fill(jenkins.createFreeStyleProject("job-" + i), i);
        }
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);

        HtmlPage first = client.goTo("ec2-docker/");

        assertThat(first.querySelectorAll("tbody tr")).hasSize(Paging.SIZE);
        assertThat(first.querySelector("tbody tr").getTextContent()).contains("app-0", "job-0");
        assertThat(first.asNormalizedText()).contains("1 to 50 of 10,000, the latest first", "Next").doesNotContain("Previous");

        HtmlPage second = first.getAnchorByText("Next").click();

        assertThat(second.querySelector("tbody tr").getTextContent()).contains("app-2", "job-10");
        assertThat(second.asNormalizedText()).contains("51 to 100 of 10,000", "Previous", "Next");

        HtmlPage last = client.goTo("ec2-docker/?page=4711");

        assertThat(last.querySelectorAll("tbody tr")).as("none of these can be read").isEmpty();
        assertThat(client.goTo("ec2-docker/?page=x").asNormalizedText()).contains("1 to 50 of 10,000");
        JSONObject json =
                JSONObject.fromObject(client.goTo("ec2-docker/api/json?page=2", "application/json").getWebResponse().getContentAsString());
        assertThat(json.getInt("page")).isEqualTo(2);
        assertThat(json.getInt("total")).isEqualTo(JOBS * EACH);
        assertThat(json.getJSONArray("deployments").size()).isEqualTo(Paging.SIZE);
    }

    /** The latest hundred of all are deployments; what is older would only be noticed if it was read. */
    private static void fill(FreeStyleProject job, int number) throws Exception {
        Path root = JobDeployments.of(job).runDirectory("never-began", "run-1").getParent().getParent().getParent();
        for (int i = 0; i < EACH; i++) {
            int age = i * JOBS + number;
            String name = "app-" + i;
            Path file = Files.createDirectories(root.resolve(name)).resolve("deployment.json");
            Files.write(file, age < 2 * Paging.SIZE
                    ? StoredJson.mapper().writeValueAsBytes(StoredDeployments.live(name, name + "-3f9a1c20", LATEST.minusSeconds(age)))
                    : "not to be read".getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(file, FileTime.from(LATEST.minusSeconds(age)));
        }
    }
}
