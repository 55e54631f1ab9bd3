package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ExpiryWork;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Deployments of several instances or tasks in Jenkins, with real Terraform and the real AWS provider: a sandboxed Pipeline whose step is what the
 * Snippet Generator writes makes them and changes them; one is destroyed by its step, the other because its end has come.
 */
@WithJenkins
@Tag("long")
class FleetsInJenkinsTest {
    private static final Moto AWS = Moto.shared();
    private static final String SMALL = "environment: development\nnetwork: {nat: none, endpoints: [], flowLogs: false}\n";

    private static JenkinsRule jenkins;

    private final AwsAnswers answers = new AwsAnswers(AWS);

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", AWS.endpoint().toString(), "EC2_DOCKER_PIN_IMAGES", "false");
        }

        @Override
        public int maxRetries() {
            return 2;
        }
    }

    @BeforeAll
    static void one_jenkins_with_credentials(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Runs.addCredentials();
    }

    @BeforeEach
    void an_empty_aws() {
        AWS.reset();
    }

    @Test
    void a_group_of_instances_is_made_is_refreshed_and_is_destroyed() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        String first = log(job, "def shop = " + step("autoscaled", "nginx:1.27", "8080:80", null)
                + "\necho \"made: ${shop.changed} ${shop.url} ${shop.outputs.autoscaling_group_name == shop.deploymentId} ${shop.instanceId}\"");
        Deployment made = deployment(job);
        assertThat(first).contains("made: true " + made.outputs().get("url").asText() + " true null").doesNotContain(Runs.SECRET_KEY,
                "\tat ");
        assertThat(group(made, "MinSize")).isEqualTo("1");
        assertThat(group(made, "MaxSize")).isEqualTo("3");
        assertThat(Runs.instances(AWS)).as("what environment development brings").extracting(Instance::instanceTypeAsString)
                .containsExactly("t3.small");
        assertThat(first).contains("1 of 1 instances of launch template version 1 are in service; 1 of 1 targets are healthy.");

        String second = log(job, "def shop = " + step("autoscaled", "nginx:1.28", "8080:80", null) + "\necho \"again: ${shop.changed}\"");
        assertThat(second).contains("again: true", "launch template version 2");
        assertThat(deployment(job).id()).isEqualTo(made.id());

        assertThat(log(job, "destroyEc2Docker 'shop'")).contains("Destroyed; nothing is left in AWS.");
        assertThat(group(made, "MinSize")).isEmpty();
        assertThat(deployment(job).status()).isEqualTo(Deployment.Status.EMPTY);
    }

    @Test
    void tasks_are_made_are_deployed_anew_and_are_destroyed_when_their_end_has_come() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "api");
        String first = log(job, "def api = " + step("fargate", "nginx:1.27", "8080:8080", "1h")
                + "\necho \"made: ${api.url} ${api.outputs.service_name} ${api.expires != null}\"");
        Deployment made = deployment(job);
        assertThat(first)
                .contains("made: " + made.outputs().get("url").asText() + " " + made.outputs().get("service_name").asText() + " true");

        log(job, step("fargate", "nginx:1.28", "8080:8080", "2h"));
        Deployment changed = deployment(job);
        assertThat(changed.expires()).isAfter(made.expires());
        assertThat(changed.outputs().get("task_definition_arn")).isNotEqualTo(made.outputs().get("task_definition_arn"));

        ExpiryWork expiration = new ExpiryWork();
        assertThat(expiration.destroyWhatIsOver(changed.expires().minusSeconds(1))).isEmpty();
        // It is looked at again when there is an executor: the end has to have come by the clock, too.
        JobDeployments.of(job).save(StoredDeployment.ending(changed, Instant.now()));
        List<QueueTaskFuture<Queue.Executable>> queued = expiration.destroyWhatIsOver(Instant.now());
        assertThat(queued).hasSize(1);
        queued.get(0).get(10, TimeUnit.MINUTES);

        RunSummary destruction = deployment(job).lastRun().orElseThrow();
        assertThat(destruction.message()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(destruction.by()).startsWith("expiry (");
        assertThat(answers.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeClusters",
                "{\"clusters\": [\"" + made.outputs().get("cluster_name").asText() + "\"]}").path("clusters").path(0).path("status")
                .asText("INACTIVE"))
                .isEqualTo("INACTIVE");
        assertThat(expiration.destroyWhatIsOver(Instant.now().plusSeconds(60))).isEmpty();
    }

    private static String step(String blueprint, String image, String port, String lifetime) throws Exception {
        ProvisionStep step = new ProvisionStep("eu-central-1", null);
        AppContainer container = new AppContainer(image);
        container.setPorts(List.of(port));
        step.setContainers(List.of(container));
        step.setBlueprint(blueprint);
        AppNetwork network = new AppNetwork();
        network.setIngressCidrs(List.of("203.0.113.0/24"));
        step.setNetwork(network);
        step.setSections(SMALL);
        step.setExpiresAfter(lifetime);
        step.setCredentialsId(Runs.CREDENTIALS);
        // A call without parentheses is no expression.
        return Snippetizer.object2Groovy(step).replaceFirst("^provisionEc2Docker (.*)$", "provisionEc2Docker($1)");
    }

    private static String log(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        WorkflowRun build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
        return JenkinsRule.getLog(build);
    }

    private static Deployment deployment(WorkflowJob job) throws Exception {
        return JobDeployments.of(job).find(job.getName()).orElseThrow();
    }

    /** Empty where there is no such group. */
    private String group(Deployment deployment, String path) {
        List<String> found =
                answers.query("autoscaling", "2011-01-01", "DescribeAutoScalingGroups", "AutoScalingGroupNames.member.1", deployment.id())
                        .all("//AutoScalingGroups/member/" + path);
        return found.isEmpty() ? "" : found.get(0);
    }
}
