package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments follow their job, and no other one. */
@WithJenkins
class JobNameListenerTest {

    private static final byte[] STATE = "{\"secret\": \"in the state\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void deployments_follow_a_job_that_is_renamed_and_a_folder_above_it_and_stay_in_their_directory(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("Team");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "shop");
        save("Team/shop", "web");
        save("Team/gone", "left");
        JobDeployments.of(job).states("web").add("20261121-052754-6f0eb60d", STATE);
        Path before = JobDeployments.directory("Team/shop");
        DeploymentReservations.Claim claim = ActiveRuns.get().claim("Team/shop", "web", "a test works on it.").orElseThrow();

        job.renameTo("store");
        folder.renameTo("crew");

        StateVersions states = JobDeployments.of(job).states("web");
        assertThat(states.read(states.latest().orElseThrow())).isEqualTo(STATE);
        assertThat(all()).containsExactlyInAnyOrder("web of crew/store", "left of crew/gone");
        assertThat(JobDeployments.directory("crew/store")).isEqualTo(before);
        assertThat(JobDeployments.directory("Team/shop")).isNotEqualTo(before);
        assertThat(ActiveRuns.get().claim("crew/store", "web", "another does.")).isEmpty();
        claim.close();
        assertThat(ActiveRuns.get().claim("crew/store", "web", "another does.")).isPresent();
    }

    @Test
    void a_job_that_gets_a_deleted_jobs_name_gets_none_of_its_deployments(JenkinsRule jenkins) throws Exception {
        FreeStyleProject first = jenkins.createFreeStyleProject("shop");
        save("shop", "web");
        first.delete();
        assertThat(all()).as("while there is no other job of the name").containsExactly("web of shop");

        FreeStyleProject second = jenkins.createFreeStyleProject("shop");

        assertThat(JobDeployments.areThere(second)).isFalse();
        assertThat(JobDeployments.of(second).list()).isEmpty();
        assertThat(jenkins.getJSON("ec2-docker/api/json").getJSONObject().toString()).contains("\"jobName\":\"shop@1\"");
        assertThat(JobDeployments.of("shop@1").find("web")).isPresent();

        save("shop", "web");
        second.delete();
        FreeStyleProject third = jenkins.createFreeStyleProject("store");
        save("store", "web");
        third.renameTo("shop");

        assertThat(all()).containsExactlyInAnyOrder("web of shop@1", "web of shop@2", "web of shop");
        assertThat(JobDeployments.directory("shop")).hasFileName("store");
    }

    private static void save(String job, String name) throws Exception {
        StoredDeployment.save(job, name, Deployment.Status.LIVE, "", Instant.now(), null);
    }

    private static List<String> all() {
        return AllDeployments.entries().stream()
                .map(entry -> new AllDeployments.Key(entry.job(), entry.deployment().name()).toString())
                .toList();
    }
}
