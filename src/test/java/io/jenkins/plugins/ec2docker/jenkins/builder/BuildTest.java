package io.jenkins.plugins.ec2docker.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FileParameterDefinition;
import hudson.model.FileParameterValue;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.tasks.Shell;
import hudson.util.FormValidation;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The build step in freestyle jobs, with real Terraform and the real AWS provider. */
@WithJenkins
class BuildTest {
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
    void a_build_with_parameters_provisions_and_tells_the_next_steps() throws Exception {
        FreeStyleProject job = job("shop", "web-shop");
        job.getBuildersList().add(new Shell("echo \"told: $EC2_DOCKER_PUBLIC_IP $EC2_DOCKER_URL $EC2_DOCKER_INSTANCE_ID"
                + " $EC2_DOCKER_DEPLOYMENT_ID\"; echo \"named: $EC2_DOCKER_WEB_SHOP_PUBLIC_IP\""));
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, parameter("nginx:1.27")));
        Instance instance = running().get(0);
        assertThat(JenkinsRule.getLog(build))
                .contains("told: " + instance.publicIpAddress() + " http://" + instance.publicIpAddress() + ":80/ " + instance.instanceId()
                        + " web-shop-")
                .contains("named: " + instance.publicIpAddress())
                .doesNotContain("secret-of-the-store", "\tat ");
        assertThat(JobDeployments.of(job).find("web-shop")).isPresent();
        assertThat(instance.instanceTypeAsString()).isEqualTo("t3.small");
    }

    @Test
    void what_is_wrong_is_told_with_the_parameters_value_and_without_a_stack_trace() throws Exception {
        FreeStyleBuild build = jenkins.assertBuildStatus(Result.FAILURE, job("wrong", "web").scheduleBuild2(0, parameter("nGinx")).get());
        assertThat(JenkinsRule.getLog(build)).contains("ERROR: Request is not valid", "containers[0].image \"nGinx\"")
                .doesNotContain("\tat ");
        assertThat(jenkins.createWebClient().getPage(build).asNormalizedText())
                .contains("rejected, nothing was made", "containers[0].image \"nGinx\"");
    }

    @Test
    void an_empty_file_parameter_does_not_take_the_users_of_a_build_before() throws Exception {
        FreeStyleProject job = job("uploaded", "web");
        job.removeProperty(ParametersDefinitionProperty.class);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("IMAGE", ""), new FileParameterDefinition("users.csv", "")));
        job.getBuildersList().get(ProvisionBuilder.class).setUsers("users.csv");
        jenkins.jenkins.getWorkspaceFor(job).child("users.csv").write("username\nada\n", "UTF-8");
        File nothing = new File(jenkins.jenkins.getRootDir(), "nothing");
        Files.createFile(nothing.toPath());

        FreeStyleBuild build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0, new ParametersAction(
                new StringParameterValue("IMAGE", "nginx:1.27"), new FileParameterValue("users.csv", nothing, ""))).get());

        assertThat(JenkinsRule.getLog(build)).contains("users \"users.csv\": is a file parameter of this job, and no file was chosen",
                "the one in the workspace is an earlier build's, last changed 2", "Choose the file and build again.");
    }

    @Test
    void the_form_tells_whom_aws_takes_the_run_for() throws Exception {
        FreeStyleProject job = job("asked", "web");
        ProvisionStep.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(ProvisionBuilder.DescriptorImpl.class).getForm();
        FormValidation user = form.doTryRole(job, "eu-central-1", "aws", false, "", "", "");
        assertThat(user.kind).as(user.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(user.getMessage()).contains("in account 123456789012");
        FormValidation role = form.doTryRole(job, "eu-central-1", "aws", true, "arn:aws:iam::123456789012:role/deployer", "x1", "900");
        assertThat(role.getMessage()).contains("arn:aws:sts::123456789012:assumed-role/deployer/jenkins-asked-check");
        FormValidation foreign = form.doTryRole(job, "eu-central-1", "foreign", false, "", "", "");
        assertThat(foreign.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(foreign.getMessage()).contains("credentialsId &quot;foreign&quot;");
        assertThat(form.doTryRole(job, "eu-central-1a", "aws", true, "deployer", "", "").getMessage())
                .contains("region &quot;eu-central-1a&quot;: is an Availability Zone", "arn &quot;deployer&quot;: must be the ARN");
        assertThat(form.doTryRole(job, "${REGION}", "aws", false, "", "", "").kind).isEqualTo(FormValidation.Kind.WARNING);
    }

    private static FreeStyleProject job(String name, String deployment) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("IMAGE", "")));
        ProvisionBuilder builder = new ProvisionBuilder("eu-central-1", "t3.small");
        builder.setName(deployment);
        builder.setCredentialsId("aws");
        AppContainer container = new AppContainer("${IMAGE}");
        container.setPorts(List.of("80:80"));
        builder.setContainers(List.of(container));
        job.getBuildersList().add(builder);
        return job;
    }

    private static ParametersAction parameter(String image) {
        return new ParametersAction(new StringParameterValue("IMAGE", image));
    }

    private static List<Instance> running() {
        Filter alive = Filter.builder().name("instance-state-name").values("pending", "running").build();
        return AWS.ec2().describeInstances(r -> r.filters(alive))
                .reservations().stream().flatMap(reservation -> reservation.instances().stream()).toList();
    }
}
