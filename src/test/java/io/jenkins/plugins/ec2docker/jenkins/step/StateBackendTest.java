package io.jenkins.plugins.ec2docker.jenkins.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.StateBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** States in S3 as a setting of Jenkins, with the real Terraform on moto: the setting moves what is there. */
@WithJenkins
class StateBackendTest {

    private static final Moto AWS = Moto.shared();
    private static volatile S3BackendSetting backend;

    @TestExtension
    public static final class Settings implements SystemSettings {
        @Override
        public String providers() {
            return System.getenv("EC2_DOCKER_PROVIDER_MIRROR");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", AWS.endpoint().toString());
        }

        @Override
        public S3BackendSetting stateBackend() {
            return backend;
        }

        @Override
        public int maxRetries() {
            return 2;
        }
    }

    @Test
    void a_deployment_follows_the_setting_at_its_next_run_and_nothing_changes_in_aws(JenkinsRule jenkins) throws Exception {
        AWS.reset();
        StateBucket bucket = StateBucket.make(AWS, "states");
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials.getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", "secret-of-the-store", ""));
        credentials.save();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition("node { def web = provisionEc2Docker(region: 'eu-central-1', instanceType: 't3.small',"
                + " credentialsId: 'aws', images: ['nginx:1.27']); echo \"changed: ${web.changed}\" }", true));
        DeploymentStore store = JobDeployments.of(job);

        backend = new S3BackendSetting("states", "jenkins", StateBucket.REGION, null, null);
        jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

        Deployment made = store.find("web").orElseThrow();
        String key = "jenkins/" + made.id() + "/terraform.tfstate";
        assertThat(bucket.keys()).containsExactly(key);
        assertThat(latest(store)).isEqualTo(bucket.read(key).orElseThrow());

        bucket.write(key + ".tflock", ("{\"ID\":\"of-the-dead\",\"Operation\":\"OperationTypeApply\",\"Who\":\"jenkins@agent\","
                + "\"Created\":\"2026-11-26T03:00:00Z\",\"Path\":\"states/" + key + "\"}").getBytes(UTF_8));
        assertThat(JenkinsRule.getLog(jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0))))
                .contains("is locked by jenkins@agent since 2026-11-26T03:00:00Z (apply), lock of-the-dead.");
        // Also where today's rules reject what was applied.
        Path request = store.runDirectory("web", made.appliedRun()).resolve("request.json");
        byte[] applied = Files.readAllBytes(request);
        Files.write(request,
                new JenkinsEncryption().seal("{\"name\": \"web\", \"disk\": {\"sizeGiB\": 1}, \"warpFactor\": 9}".getBytes(UTF_8)));
        assertThat(unlock(jenkins, "another")).contains("is not locked by another, but by jenkins@agent");
        assertThat(bucket.keys()).contains(key + ".tflock");
        assertThat(unlock(jenkins, "of-the-dead")).contains("s3://states/" + key);
        assertThat(bucket.keys()).containsExactly(key);
        Files.write(request, applied);

        backend = null;
        assertThat(JenkinsRule.getLog(jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0))))
                .contains("The state of deployment \"web\" is now here alone; what is at s3://states/" + key + " is left as it is",
                        "changed: false");
        assertThat(store.s3(made)).isEmpty();

        bucket.delete(key);
        backend = new S3BackendSetting("states", "other", StateBucket.REGION, null, null);
        assertThat(JenkinsRule.getLog(jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0))))
                .contains("The state of deployment \"web\" is now in s3://states/other/" + made.id() + "/terraform.tfstate.",
                        "changed: false")
                .doesNotContain("secret-of-the-store", "\tat ");

        job.setDefinition(new CpsFlowDefinition("node { destroyEc2Docker('web') }", true));
        assertThat(JenkinsRule.getLog(jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0))))
                .contains("Destroyed; nothing is left in AWS.");
    }

    /** As a person on the deployment's page. */
    private static String unlock(JenkinsRule jenkins, String lock) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.goTo("job/web/ec2-docker/deployment/web/").getFormByName("unlock");
            form.getInputByName("lock").setValue(lock);
            return ((HtmlPage) jenkins.submit(form)).asNormalizedText();
        }
    }

    private static byte[] latest(DeploymentStore store) throws Exception {
        StateVersions versions = store.states("web");
        return versions.read(versions.latest().orElseThrow());
    }
}
