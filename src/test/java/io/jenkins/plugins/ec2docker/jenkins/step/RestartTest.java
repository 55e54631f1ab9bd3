package io.jenkins.plugins.ec2docker.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.testing.Moto;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The step itself over a death of the controller, with Terraform on an agent that lives on, cut off until the next controller is there. */
class RestartTest {

    private static final String JOB = "shop";

    private final Moto aws = Moto.shared();

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .extraEnv("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString())
            // Pipeline's own patience with an agent after a restart, which the harness cuts down to 15 seconds.
            .javaOptions("-Dhudson.model.UpdateCenter.never=true",
                    "-Dorg.jenkinsci.plugins.workflow.support.pickles.ExecutorPickle.timeoutForNodeMillis=300000");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void a_killed_controller_costs_no_line_and_no_second_instance() throws Throwable {
        aws.reset();
        controller.startJenkins();
        agents.createAgent(controller, "remote");
        controller.runRemotely(RestartTest::buildUntilTheInstanceIsBeingCreated);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        String told = controller.runRemotely(RestartTest::end);

        assertThat(told).contains("[prepare]", "Plan: ", "done: i-").doesNotContain("\tat ");
        // Once before the death or once after it.
        told = told.replaceAll("aws_instance\\.this\\[\"[0-9a-f-]+\"]", "aws_instance.this");
        assertThat(told).containsOnlyOnce("+ aws_instance.this: creating").containsOnlyOnce("  aws_instance.this: created in ")
                .containsOnlyOnce("[apply] done in ").containsOnlyOnce("[verify] done in ");
        try (Ec2Client ec2 = aws.ec2()) {
            assertThat(ec2.describeInstances().reservations()).hasSize(1);
        }
    }

    private static void buildUntilTheInstanceIsBeingCreated(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().add(new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", "secret-of-the-store", ""));
        store.save();
        // The agent is another process, which has this setting from Jenkins alone.
        Ec2DockerConfiguration.get().setAwsEndpoint(System.getenv("AWS_ENDPOINT_URL"));
        Ec2DockerConfiguration.get().save();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, JOB);
        job.setDefinition(new CpsFlowDefinition("""
                node('remote') {
                    def web = provisionEc2Docker(region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws',
                        containers: [appContainer(image: 'nginx:1.27', ports: ['80:80'])])
                    echo "done: ${web.instanceId}"
                }
                """, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("aws_iam_instance_profile.this: created", build);
    }

    private static String end(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.SUCCESS, build);
        return JenkinsRule.getLog(build);
    }
}
