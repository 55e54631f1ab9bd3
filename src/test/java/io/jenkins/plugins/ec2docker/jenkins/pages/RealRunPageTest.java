package io.jenkins.plugins.ec2docker.jenkins.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The pages over a run as it really goes: Terraform, the AWS provider, and an emulator that answers for AWS. */
@WithJenkins
class RealRunPageTest {

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString());
        }
    }

    @Test
    void a_deployment_is_shown_and_destroyed_from_its_page(JenkinsRule jenkins) throws Exception {
        Moto.shared().reset();
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", "sentinelSecretKey0123456789", "test"));
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        Map<String, Object> request = Map.of(
                "name", "web", "region", Moto.REGION.id(), "instanceType", "t3.small", "expiresAfter", "8h",
                "containers",
                List.of(Map.of("image", "nginx:1.27", "ports", List.of("80:80"), "environment", Map.of("TOKEN", "sentinel-value"))));

        RunHandle run = ActiveRuns.get().start(
                RunOrder.provision(request, null, null, "aws"), build, build.getWorkspace(), null, new EnvVars(), TaskListener.NULL);
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        assertThat(client.getPage(build, "ec2-docker").asNormalizedText()).contains("In progress", "t3.small", "nginx:1.27");
        end(run);

        Instance instance = instances().get(0);
        HtmlPage page = client.getPage(build, "ec2-docker");
        assertThat(page.asNormalizedText())
                .contains("Succeeded", instance.instanceId(), instance.publicIpAddress(), "image: nginx:1.27")
                .doesNotContain("sentinel");
        assertThat(page.querySelectorAll(".ec2-docker-stage--done")).hasSize(7);
        assertThat(client.getPage(job).asNormalizedText()).contains("Live", "web");

        WebRequest destroy = new WebRequest(new URL(jenkins.getURL(), build.getUrl() + "ec2-docker/destroy"), HttpMethod.POST);
        client.getPage(client.addCrumb(destroy));
        jenkins.waitUntilNoActivityUpTo(180_000);
        assertThat(instances()).isEmpty();
        assertThat(client.getPage(build, "ec2-docker-2").asNormalizedText()).contains("Succeeded", "nothing is left in AWS");
        assertThat(client.getPage(build, "ec2-docker").asNormalizedText()).contains("not in AWS any more");
        assertThat(client.getPage(job).asNormalizedText()).contains("Destroyed");
    }

    private static RunReport end(RunHandle run) throws Exception {
        CompletableFuture<RunReport> report = new CompletableFuture<>();
        run.onEnd(report::complete);
        return report.get(3, TimeUnit.MINUTES);
    }

    private static List<Instance> instances() {
        try (Ec2Client ec2 = Moto.shared().ec2()) {
            return ec2.describeInstances().reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
                    .toList();
        }
    }
}
