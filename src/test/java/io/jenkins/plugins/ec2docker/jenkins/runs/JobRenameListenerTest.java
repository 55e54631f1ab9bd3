package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDirectoryName;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments follow their job. */
@WithJenkins
class JobRenameListenerTest {

    private static final byte[] STATE = "{\"secret\": \"in the state\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void deployments_follow_a_job_that_is_renamed_and_a_folder_above_it(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("Team");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "shop");
        JobDeployments.of(job).states("web").add("20261121-052754-6f0eb60d", STATE);

        job.renameTo("store");
        folder.renameTo("crew");

        StateVersions states = JobDeployments.of(job).states("web");
        assertThat(states.read(states.latest().orElseThrow())).isEqualTo(STATE);
        assertThat(JobDeployments.directory("crew/store")).isDirectory().hasFileName("crew%2fstore");
        assertThat(JobDeployments.directory("Team/shop")).doesNotExist();
    }

    @Test
    void keys_of_jobs_differ_where_a_file_system_sees_no_difference() {
        assertThat(JobDirectoryName.of("Shop")).isEqualTo("%53hop").isNotEqualTo(JobDirectoryName.of("shop"));
        assertThat(JobDirectoryName.of("..")).isEqualTo("%2e.");
        assertThat(JobDirectoryName.of("a/".repeat(300))).hasSizeLessThanOrEqualTo(255).isNotEqualTo(JobDirectoryName.of("a/".repeat(301)));
    }
}
