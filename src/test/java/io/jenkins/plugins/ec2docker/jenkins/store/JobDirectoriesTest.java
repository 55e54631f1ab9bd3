package io.jenkins.plugins.ec2docker.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Failure;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.DeploymentRow;
import io.jenkins.plugins.ec2docker.jenkins.runs.StoredDeployment;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ExpiryWork;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Names of jobs that are longer than the name of a directory may be. */
@WithJenkins
class JobDirectoriesTest {

    /** 9 bytes each, escaped. */
    private static final String LONG = "\u6ce8".repeat(25);

    @Test
    void a_job_with_a_long_name_in_a_folder_keeps_its_deployments_apart_and_known(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("team");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, LONG + "1");
        FreeStyleProject other = folder.createProject(FreeStyleProject.class, LONG + "2");
        save(job, "web");
        save(other, "web");

        assertThat(JobDeployments.directory(job.getFullName())).isNotEqualTo(JobDeployments.directory(other.getFullName()));
        assertThat(AllDeployments.entries("team")).extracting(AllDeployments.Entry::job)
                .containsExactlyInAnyOrder(job.getFullName(), other.getFullName());
        assertThat(new JobDirectories().all().values()).as("what the next Jenkins reads")
                .containsExactlyInAnyOrder(job.getFullName(), other.getFullName());
        JSONArray rows = jenkins.getJSON("ec2-docker/api/json").getJSONObject().getJSONArray("deployments");
        for (int i = 0; i < 2; i++) {
            assertThat(DeploymentRow.isThere(rows.getJSONObject(i).getString("jobName"))).isTrue();
        }
        assertThat(new ExpiryWork().destroyWhatIsOver(Instant.now())).hasSize(2);
        try (ACLContext person = ACL.as2(Jenkins.ANONYMOUS2)) {
            assertThatThrownBy(job::delete).isInstanceOf(Failure.class).hasMessageContaining("still has in AWS: deployment \"web\"");
        }
    }

    @Test
    void directories_of_before_get_the_full_name_of_their_job_or_one_that_no_job_can_have(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(LONG + "1");
        StoredDeployment.save("Short", "web", Deployment.Status.LIVE, "", Instant.now(), null);
        StoredDeployment.save(job.getFullName(), "web", Deployment.Status.LIVE, "", Instant.now(), null);
        StoredDeployment.save(LONG + "2", "web", Deployment.Status.LIVE, "", Instant.now(), null);
        for (String each : List.of("Short", job.getFullName(), LONG + "2")) {
            Files.delete(JobDeployments.directory(each).resolve("job.txt"));
        }
        assertThat(JobDeployments.directory(job.getFullName()).getFileName().toString()).hasSize(200);

        JobDirectories.nameOld();

        String gone = LONG.substring(0, 18) + "...@1";
        assertThat(AllDeployments.entries()).extracting(AllDeployments.Entry::job)
                .containsExactlyInAnyOrder("Short", job.getFullName(), gone);
        assertThat(JobDeployments.of(job).find("web")).isPresent();
        assertThat(JobDeployments.of(gone).find("web")).isPresent();
        assertThat(new JobDirectories().all()).isEqualTo(JobDirectories.get().all());
        Path file = JobDeployments.directory(gone).resolve("job.txt");
        assertThat(file).hasContent(gone);
        Files.writeString(file, LONG + "2\n");
        assertThat(new JobDirectories().all().values()).as("as an administrator may correct it").contains(LONG + "2");
    }

    @Test
    void directories_of_jobs_differ_where_a_file_system_sees_no_difference() {
        assertThat(JobDirectoryName.of("Shop")).isEqualTo("%53hop").isNotEqualTo(JobDirectoryName.of("shop"));
        assertThat(JobDirectoryName.of("..")).isEqualTo("%2e.");
        assertThat(JobDirectoryName.of("a/".repeat(300))).hasSizeLessThanOrEqualTo(255).isNotEqualTo(JobDirectoryName.of("a/".repeat(301)));
        assertThat(JobDirectoryName.nameOf(JobDirectoryName.of("Shop/\u6ce8"))).isEqualTo("Shop/\u6ce8");
    }

    private static void save(FreeStyleProject job, String name) throws Exception {
        StoredDeployment.save(job.getFullName(), name, Deployment.Status.LIVE, "", Instant.now(), Instant.now().minusSeconds(60));
    }
}
