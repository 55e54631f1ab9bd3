package io.jenkins.plugins.ec2docker.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppDisk;
import io.jenkins.plugins.ec2docker.jenkins.form.AppHealth;
import io.jenkins.plugins.ec2docker.jenkins.form.AppHealthcheck;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.form.AppRole;
import io.jenkins.plugins.ec2docker.jenkins.form.SectionsParameter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The job's form and its stored configuration keep what was entered, parameters' names included. */
@OneJenkins
class FormTest {
    private static JenkinsRule jenkins;
    /** For all pages: it compiles their scripts once. */
    private static JenkinsRule.WebClient browser;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
        browser = rule.createWebClient();
    }

    @Test
    void the_form_keeps_a_minimal_step() throws Exception {
        ProvisionBuilder builder = new ProvisionBuilder("eu-central-1", "t3.small");
        builder.setContainers(List.of(new AppContainer("nginx:1.27")));
        ProvisionBuilder kept = submitted(builder);
        jenkins.assertEqualDataBoundBeans(builder, kept);
        assertThat(kept.document()).isEqualTo(builder.document());
    }

    @Test
    void the_form_keeps_every_field() throws Exception {
        ProvisionBuilder builder = complete();
        ProvisionBuilder kept = submitted(builder);
        jenkins.assertEqualDataBoundBeans(builder, kept);
        assertThat(kept.document()).isEqualTo(builder.document());
    }

    @Test
    void the_form_keeps_the_sections_of_a_blueprint() throws Exception {
        ProvisionBuilder builder = new ProvisionBuilder("eu-central-1", null);
        builder.setBlueprint("fargate");
        builder.setContainers(List.of(new AppContainer("nginx:1.27")));
        builder.setSections("environment: ${STAGE}\nscaling:\n  max: 5");
        ProvisionBuilder kept = submitted(builder);
        assertThat(kept.document()).isEqualTo(builder.document()).containsEntry("sections", "environment: ${STAGE}\nscaling:\n  max: 5");
        assertThat(SectionsParameter.merged(kept.document())).containsEntry("scaling", Map.of("max", "5"))
                .doesNotContainKey("instanceType");
    }

    @Test
    void the_stored_job_keeps_every_field_and_reads_well() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        ProvisionBuilder builder = complete();
        job.getBuildersList().add(builder);
        job.save();
        assertThat(job.getConfigFile().asString())
                .contains("<region>${REGION}</region>", "<image>${IMAGE}</image>", "<string>A=${SECRET}</string>", "<spot>${SPOT}</spot>");
        job.doReload();
        assertThat(job.getBuildersList().get(ProvisionBuilder.class).document()).isEqualTo(builder.document());
    }

    private static ProvisionBuilder submitted(ProvisionBuilder builder) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        jenkins.submit(browser.getPage(job, "configure").getFormByName("config"));
        ProvisionBuilder kept = job.getBuildersList().get(ProvisionBuilder.class);
        assertThat(kept).isNotSameAs(builder);
        return kept;
    }

    static ProvisionBuilder complete() {
        ProvisionBuilder builder = new ProvisionBuilder("${REGION}", "${INSTANCE_TYPE}");
        builder.setName("${NAME}");
        builder.setBlueprint("${BLUEPRINT}");
        AppContainer container = new AppContainer("${IMAGE}");
        container.setName("${NAME}");
        container.setPorts(List.of("${PORTS}", "8443:443"));
        container.setEnvironment(List.of("A=${SECRET}", "B=two\n${NAME}"));
        container.setVolumes(List.of("/opt/app/${NAME}:/data"));
        container.setCommand("run --as ${NAME}");
        container.setRestart("${RESTART}");
        AppHealthcheck healthcheck = new AppHealthcheck(List.of("CMD-SHELL", "curl ${NAME}"));
        healthcheck.setInterval("${SECONDS}s");
        healthcheck.setTimeout("${SECONDS}s");
        healthcheck.setRetries("${COUNT}");
        healthcheck.setStartPeriod("${SECONDS}s");
        container.setHealthcheck(healthcheck);
        builder.setContainers(List.of(container, new AppContainer("redis")));
        AppRole role = new AppRole("arn:aws:iam::${ACCOUNT}:role/deployer");
        role.setExternalId("${EXTERNAL_ID}");
        role.setDurationSeconds("${COUNT}000");
        builder.setRole(role);
        builder.setUsers("${NAME}.csv");
        builder.setRequester(List.of("${MAIL}"));
        builder.setMachineImage("${MACHINE_IMAGE}");
        AppNetwork network = new AppNetwork();
        network.setVpcId("${VPC}");
        network.setSubnetId("${SUBNET}");
        network.setIngressCidrs(List.of("${CIDRS}"));
        network.setSshCidrs(List.of("${CIDRS}"));
        network.setPublicIp("${PUBLIC}");
        network.setElasticIp("${PUBLIC}");
        builder.setNetwork(network);
        AppDisk disk = new AppDisk();
        disk.setSizeGiB("${COUNT}0");
        disk.setKmsKeyId("alias/${NAME}");
        builder.setDisk(disk);
        builder.setKeyName("${NAME}");
        builder.setSpot("${SPOT}");
        builder.setExpiresAfter("${LIFETIME}");
        builder.setTags(List.of("team=${NAME}"));
        AppHealth health = new AppHealth("${PORT}");
        health.setPath("/${NAME}");
        health.setTimeout("${SECONDS}s");
        builder.setHealth(health);
        builder.setOnFailure("${ON_FAILURE}");
        builder.setOnImageChange("redeploy");
        builder.setPlanOnly("${PLAN_ONLY}");
        return builder;
    }
}
