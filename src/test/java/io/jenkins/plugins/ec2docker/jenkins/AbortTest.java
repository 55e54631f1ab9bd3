package io.jenkins.plugins.ec2docker.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.builder.ProvisionBuilder;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.QueuedRun;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whenever a build is aborted: what is in AWS afterwards, a state knows, and it is nothing where {@code onFailure} says so. */
@WithJenkins
class AbortTest {

    private static final Moto AWS = Moto.shared();
    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", "secret-of-the-store", ""));
        SystemCredentialsProvider.getInstance().save();
        Ec2DockerConfiguration.get().setAwsEndpoint(AWS.endpoint().toString());
        Ec2DockerConfiguration.get().save();
    }

    @BeforeEach
    void an_empty_aws_where_no_instance_boots() {
        AWS.reset();
        // So that its verification lasts until the abort.
        AWS.bootedBy(URI.create("http://127.0.0.1:9/"));
    }

    @ParameterizedTest
    @CsvSource({
        "[init], destroy",
        "[plan], destroy",
        "aws_iam_role.this: creating, destroy",
        "aws_iam_role.this: creating, keep",
        "aws_iam_instance_profile.this: created, destroy",
        "aws_iam_instance_profile.this: created, keep",
        "[verify], destroy",
    })
    void of_a_pipeline(String moment, String onFailure) throws Exception {
        WorkflowJob job = pipeline(onFailure);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(moment, build);
        build.doStop();

        assertNothingIsUnknown(build, onFailure);
    }

    @ParameterizedTest
    @CsvSource({
        "[init], destroy",
        "aws_iam_instance_profile.this: created, destroy",
        "aws_iam_instance_profile.this: created, keep",
    })
    void of_a_freestyle_build(String moment, String onFailure) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        ProvisionBuilder step = new ProvisionBuilder("eu-central-1", "t3.small");
        step.setName("web");
        step.setCredentialsId("aws");
        step.setContainers(List.of(new AppContainer("nginx:1.27")));
        step.setOnFailure(onFailure);
        job.getBuildersList().add(step);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(moment, build);
        build.doStop();

        assertNothingIsUnknown(build, onFailure);
        assertThat(JenkinsRule.getLog(build)).contains("Aborted. Waiting up to 10m for Terraform to save its state");
    }

    @Test
    void of_a_build_that_waits_its_turn() throws Exception {
        WorkflowJob job = pipeline("destroy");
        WorkflowRun first = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[prepare]", first);
        WorkflowRun second = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Waiting for its turn: deployment \"web\" is worked on by run ", second);
        second.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(second));
        assertThat(JenkinsRule.getLog(second)).contains("The run was interrupted while it waited. Nothing was changed in AWS.");

        assertThat(first.isBuilding()).isTrue();
        first.doStop();
        assertNothingIsUnknown(first, "destroy");
    }

    private static WorkflowJob pipeline(String onFailure) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', name: 'web',
                        images: ['nginx:1.27'], onFailure: '%s'
                }
                """.formatted(onFailure), true));
        return job;
    }

    private static void assertNothingIsUnknown(Run<?, ?> build, String onFailure) throws Exception {
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        String console = JenkinsRule.getLog(build);
        assertThat(console).contains("The run was interrupted.").doesNotContain("\tat ");

        if (onFailure.equals("destroy")) {
            assertThat(AWS.owned(Moto.REGION.id())).as(console).isEmpty();
        } else {
            StateVersions states = JobDeployments.of(build.getParent()).states("web");
            String state = new String(states.read(states.latest().orElseThrow()), StandardCharsets.UTF_8);
            assertThat(AWS.owned(Moto.REGION.id())).isNotEmpty()
                    .allSatisfy(resource -> assertThat(state).as(console).contains(resource.id()));

            String job = build.getParent().getFullName();
            QueuedRun.schedule(job, JobDeployments.of(job).find("web").orElseThrow(), RunOrder.destroy("web", null), build, "a test")
                    .orElseThrow().get(3, TimeUnit.MINUTES);
            assertThat(JobDeployments.of(job).find("web").orElseThrow().isGone()).isTrue();
            assertThat(AWS.owned(Moto.REGION.id())).isEmpty();
        }
    }
}
