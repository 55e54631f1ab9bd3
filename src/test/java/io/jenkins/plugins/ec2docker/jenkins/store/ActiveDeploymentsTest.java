package io.jenkins.plugins.ec2docker.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.runs.StoredDeployment;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

@OneJenkins
class ActiveDeploymentsTest {

    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @Test
    void what_has_not_changed_since_is_not_read_again_and_what_has_is() throws Exception {
        DeploymentStore store = JobDeployments.of(jenkins.createFreeStyleProject("web-shop"));
        Path web = saved(store, "web", Deployment.Status.LIVE, BEFORE);
        saved(store, "api", Deployment.Status.INCOMPLETE, BEFORE);
        Path gone = saved(store, "gone", Deployment.Status.EMPTY, BEFORE);
        ActiveDeployments living = new ActiveDeployments();
        assertThat(names(living.now())).containsExactlyInAnyOrder("web", "api");

        for (Path file : List.of(web, gone)) {
            Files.write(file, "not to be read".getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(file, FileTime.from(BEFORE));
        }
        assertThat(names(living.now())).containsExactlyInAnyOrder("web", "api");

        saved(store, "gone", Deployment.Status.LIVE, BEFORE.plusSeconds(1));
        saved(store, "api", Deployment.Status.EMPTY, BEFORE.plusSeconds(1));
        assertThat(names(living.now())).containsExactlyInAnyOrder("web", "gone");
    }

    @Test
    void what_was_changed_just_now_is_read_again_as_its_time_may_not_tell() throws Exception {
        DeploymentStore store = JobDeployments.of(jenkins.createFreeStyleProject("web-shop"));
        Instant now = Instant.now().plusSeconds(3600);
        saved(store, "web", Deployment.Status.LIVE, now);
        ActiveDeployments living = new ActiveDeployments();
        assertThat(names(living.now())).containsExactly("web");

        saved(store, "web", Deployment.Status.EMPTY, now);

        assertThat(living.now()).isEmpty();
    }

    /** @param changed as the file's time says it */
    private static Path saved(DeploymentStore store, String name, Deployment.Status status, Instant changed) throws Exception {
        StoredDeployment.save("web-shop", name, status, "", BEFORE, null);
        Path file = store.runDirectory(name, "run-1").getParent().getParent().resolve("deployment.json");
        Files.setLastModifiedTime(file, FileTime.from(changed));
        return file;
    }

    private static List<String> names(List<AllDeployments.Entry> entries) {
        return entries.stream().map(entry -> entry.deployment().name()).toList();
    }
}
