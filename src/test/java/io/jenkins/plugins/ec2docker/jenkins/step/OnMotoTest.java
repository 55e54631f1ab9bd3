package io.jenkins.plugins.ec2docker.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.google.common.util.concurrent.Uninterruptibles;
import hudson.model.Result;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The steps in sandboxed Pipelines, with real Terraform and the real AWS provider. */
@WithJenkins
class OnMotoTest {
    private static final Moto AWS = Moto.shared();
    private static JenkinsRule jenkins;

    @TestExtension
    public static final class Settings implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", AWS.endpoint().toString());
        }

        @Override
        public int maxRetries() {
            return 2;
        }
    }

    @BeforeAll
    static void one_jenkins_with_credentials(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().add(new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", "secret-of-the-store", ""));
        store.save();
    }

    @BeforeEach
    void an_empty_aws() {
        AWS.reset();
    }

    @Test
    void a_jenkinsfile_plans_provisions_reads_all_that_is_returned_and_destroys() throws Exception {
        WorkflowJob job = job("web-shop", """
                writeFile file: 'users.csv', text: 'username,email\\nada,ada@example.com\\n'
                def asked = [region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', users: 'users.csv',
                             containers: [appContainer(image: 'nginx:1.27', ports: ['80:80'])]]
                def plan = provisionEc2Docker(asked + [planOnly: true])
                echo "plan: ${plan.changed} ${plan.add > 5} ${plan.destroy} ${plan.summary}"
                for (resource in plan.resources) { if (resource.type == 'aws_instance') { echo "planned: ${resource.action}" } }
                def web = provisionEc2Docker(asked)
                echo "returned: ${web.publicIp} ${web.privateIp} ${web.instanceId} ${web.url} ${web.publicDns}"
                echo "deployment: ${web.deployment} ${web.deploymentId} ${web.region} ${web.runId != null} ${web.changed} ${web.expires}"
                echo "outputs: ${web.outputs.public_ip} ${web.outputs.keySet().contains('url')} ${web.outputs.size() > 5}"
                def again = provisionEc2Docker(asked)
                echo "again: ${again.changed} ${again.instanceId == web.instanceId}"
                """);
        String console = JenkinsRule.getLog(end(job, Result.SUCCESS));
        assertThat(running()).hasSize(1);
        Instance instance = running().get(0);
        assertThat(console).contains("Address: http://" + instance.publicIpAddress() + ":80/\nExpires: never\nRun page: http");
        assertThat(console)
                .contains("plan: true true 0 ", "planned: create", "returned: " + instance.publicIpAddress() + " "
                        + instance.privateIpAddress() + " " + instance.instanceId() + " http://" + instance.publicIpAddress() + ":80/ ")
                .contains("deployment: web-shop web-shop-", " eu-central-1 true true null")
                .contains("outputs: " + instance.publicIpAddress() + " true true", "again: false true")
                .doesNotContain("secret-of-the-store", "\tat ");

        job.setDefinition(new CpsFlowDefinition("node { def gone = destroyEc2Docker(deployment: [deployment: 'web-shop', runId: 'x']);"
                + " echo \"${gone.deployment} ${gone.message}\"; destroyEc2Docker('web-shop') }", true));
        assertThat(JenkinsRule.getLog(end(job, Result.SUCCESS)))
                .contains("web-shop Destroyed; nothing is left in AWS.", "has nothing in AWS; nothing was done.");
        assertThat(running()).isEmpty();
    }

    @Test
    void a_jenkinsfile_rolls_a_deployment_back_to_what_was_good_before() throws Exception {
        WorkflowJob job = job("rolling", """
                def asked = [region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', name: 'web']
                def first = provisionEc2Docker(asked + [images: ['nginx:1.27']])
                def second = provisionEc2Docker(asked + [images: ['nginx:1.28']])
                echo "second is another: ${second.instanceId != first.instanceId}"
                def back = rollbackEc2Docker(deployment: second)
                echo "back: ${back.changed} ${back.instanceId != second.instanceId}"
                """);
        String console = JenkinsRule.getLog(end(job, Result.SUCCESS));
        assertThat(console).contains("second is another: true", "back: true true");
        assertThat(running()).hasSize(1);
        assertThat(JobDeployments.of(job).find("web").orElseThrow().lastRun().orElseThrow().backTo())
                .isEqualTo(JobDeployments.of(job).find("web").orElseThrow().runs().get(0).id());

        job.setDefinition(new CpsFlowDefinition("node { rollbackEc2Docker(deployment: 'web', to: 'nobody-knows') }", true));
        assertThat(JenkinsRule.getLog(end(job, Result.FAILURE)))
                .contains("has no run \"nobody-knows\": choose one of its history that is good.").doesNotContain("\tat ");
    }

    @Test
    void what_may_be_secret_is_not_kept_with_the_build() throws Exception {
        WorkflowRun build = end(job("secretive", """
                def password = 'sentinel-' + 'password'
                def user = 'sentinel-' + 'user'
                provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', planOnly: true,
                    containers: [appContainer(image: 'nginx', environment: [PASSWORD: password])],
                    usersText: "username,email\\n${user},a@example.com\\n"
                """), Result.SUCCESS);
        try (Stream<Path> files = Files.walk(build.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                // Groovy's own variables are the script's business.
                if (!file.endsWith("program.dat")) {
                    assertThat(content).as(file.toString()).doesNotContain("sentinel-password", "sentinel-user");
                }
            }
        }
    }

    @Test
    void a_failed_run_fails_the_step_with_a_sentence() throws Exception {
        WorkflowRun build = end(job("failing", """
                provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', images: ['nginx'],
                    keyName: 'nobody-has-this'
                """), Result.FAILURE);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ")
                .containsOnlyOnce("does not exist").contains("ERROR: terraform apply failed. Error: keyName \"nobody-has-this\": ")
                .contains("Run page: " + jenkins.getURL() + build.getUrl() + "ec2-docker/\n");
        assertThat(running()).isEmpty();
    }

    @Test
    void credentials_that_the_job_does_not_have_are_refused_before_anything_is_made() throws Exception {
        WorkflowRun build = end(job("foreign", "provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small',"
                + " credentialsId: 'foreign', images: ['nginx'], usersText: 'a,b\\n1'"), Result.FAILURE);
        assertThat(JenkinsRule.getLog(build)).contains("credentialsId \"foreign\"", "users").doesNotContain("\tat ");
    }

    @Test
    // At once, and not when the grace time for Terraform is over.
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void an_abort_before_the_request_is_checked_ends_the_step_and_nothing_is_begun() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        for (int i = 0; i < StepStartExecutor.THREADS; i++) {
            StepStartExecutor.submit(() -> Uninterruptibles.awaitUninterruptibly(free));
        }
        WorkflowRun build = job("hasty", """
                provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', images: ['nginx']
                """).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[Pipeline] provisionEc2Docker", build);
        // Not doStop(), which leaves that to a thread of Jenkins' timer.
        build.getExecution().interrupt(Result.ABORTED);
        // Asked on the thread on which the step is stopped, so that it is stopped by now.
        build.getExecution().getCurrentExecutions(true).get();
        free.countDown();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(JobDeployments.of(build.getParent()).list()).isEmpty();
    }

    @Test
    void a_timeout_around_the_step_is_obeyed() throws Exception {
        WorkflowRun build = end(job("late", """
                timeout(time: 12, unit: 'SECONDS') {
                  provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', images: ['nginx']
                }
                """), Result.ABORTED);
        assertThat(JenkinsRule.getLog(build)).contains("Timeout has been exceeded").doesNotContain("\tat ");
        assertThat(running()).isEmpty();
    }

    private static WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return job;
    }

    private static WorkflowRun end(WorkflowJob job, Result result) throws Exception {
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static List<Instance> running() {
        try (Ec2Client ec2 = AWS.ec2()) {
            return ec2.describeInstances(r -> r.filters(Filter.builder().name("instance-state-name").values("pending", "running").build()))
                    .reservations().stream().flatMap(reservation -> reservation.instances().stream()).toList();
        }
    }
}
