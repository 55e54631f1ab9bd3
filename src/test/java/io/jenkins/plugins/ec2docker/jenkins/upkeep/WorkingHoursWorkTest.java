package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.jenkins.runs.StoredDeployment;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** Instances of EC2 as moto has it are started and stopped at the moments of their schedules. */
@OneJenkins
class WorkingHoursWorkTest {

    private static final String EIGHT_TO_SIX = ", \"schedule\": {\"start\": \"0 8 * * *\", \"stop\": \"0 18 * * *\", \"zone\": \"UTC\"}";
    private static final Instant MADE = Instant.parse("2099-11-20T12:00:00Z");
    private static final Instant SIX = Instant.parse("2099-11-20T18:00:00Z");
    private static final Instant EIGHT = Instant.parse("2099-11-21T08:00:00Z");

    private final Moto aws = Moto.shared();
    private final WorkingHoursWork hours = new WorkingHoursWork();
    private static JenkinsRule jenkins;
    private String instance;

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString());
        }
    }

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @BeforeEach
    void an_instance() throws Exception {
        aws.reset();
        Runs.addCredentials();
        jenkins.createFreeStyleProject("shop");
        try (Ec2Client ec2 = aws.ec2()) {
            String image = ec2.describeImages().images().get(0).imageId();
            instance = ec2.runInstances(r -> r.imageId(image).instanceType(InstanceType.T3_SMALL).minCount(1).maxCount(1))
                    .instances().get(0).instanceId();
        }
    }

    @Test
    void it_stops_and_starts_at_its_hours_and_a_moment_is_obeyed_once_even_after_a_restart() throws Exception {
        deployment(Deployment.Status.LIVE, EIGHT_TO_SIX);
        hours.obey(SIX.minusSeconds(30));
        assertThat(state()).isEqualTo("running");
        hours.obey(SIX.plusSeconds(30));
        assertThat(state()).isEqualTo("stopped");

        start();
        new WorkingHoursWork().obey(SIX.plusSeconds(90));
        assertThat(state()).as("started by somebody").isEqualTo("running");
        try (Ec2Client ec2 = aws.ec2()) {
            ec2.stopInstances(r -> r.instanceIds(instance));
        }
        new WorkingHoursWork().obey(EIGHT.plusSeconds(600));
        assertThat(state()).isEqualTo("running");
    }

    @Test
    void the_address_that_it_has_after_a_start_is_learnt_and_its_hours_are_on_its_page() throws Exception {
        deployment(Deployment.Status.LIVE, EIGHT_TO_SIX);
        hours.obey(EIGHT.plusSeconds(30));
        hours.obey(EIGHT.plusSeconds(90));

        Map<String, JsonNode> outputs = JobDeployments.of("shop").find("web").orElseThrow().outputs();
        try (Ec2Client ec2 = aws.ec2()) {
            String address = ec2.describeInstances(r -> r.instanceIds(instance)).reservations().get(0).instances().get(0).publicIpAddress();
            assertThat(outputs.get("public_ip").asText()).isEqualTo(address).isNotEqualTo("203.0.113.9");
            assertThat(outputs.get("url").asText()).isEqualTo("http://" + address + ":80/");
        }
        assertThat(jenkins.createWebClient().withJavaScriptEnabled(false).goTo("job/shop/ec2-docker/deployment/web/").asNormalizedText())
                .contains("Working hours", "start 0 8 * * *, stop 0 18 * * * (UTC)");
    }

    @Test
    void while_something_works_on_it_it_is_left_alone_and_obeyed_afterwards() throws Exception {
        deployment(Deployment.Status.LIVE, EIGHT_TO_SIX);
        try (DeploymentReservations.Claim claim = ActiveRuns.get().claim("shop", "web", "a test works on it.").orElseThrow()) {
            hours.obey(SIX);
            assertThat(state()).isEqualTo("running");
        }
        hours.obey(SIX.plusSeconds(60));
        assertThat(state()).isEqualTo("stopped");
        ActiveRuns.get().claim("shop", "web", "free again").orElseThrow().close();
    }

    @Test
    void what_is_destroyed_or_always_on_is_left_alone_and_what_cannot_be_asked_is_tried_again_later() throws Exception {
        deployment(Deployment.Status.EMPTY, EIGHT_TO_SIX);
        hours.obey(SIX);
        deployment(Deployment.Status.LIVE, "");
        hours.obey(SIX);
        assertThat(state()).isEqualTo("running");

        WorkingHoursWork others = new WorkingHoursWork();
        deployment(Deployment.Status.LIVE, EIGHT_TO_SIX);
        JobDeployments.remember("shop", "web", new LastRunContext("nobody-has-this", new AgentDirectory("", "/nowhere/ec2-docker/x")));
        others.obey(SIX);
        JobDeployments.remember("shop", "web", new LastRunContext(Runs.CREDENTIALS, new AgentDirectory("", "/nowhere/ec2-docker/x")));
        others.obey(SIX.plusSeconds(60));
        assertThat(state()).isEqualTo("running");
        others.obey(SIX.plusSeconds(660));
        assertThat(state()).isEqualTo("stopped");
    }

    private void deployment(Deployment.Status status, String schedule) throws Exception {
        StoredDeployment.save("shop", "web", status, schedule, MADE, null, instance);
    }

    private void start() {
        try (Ec2Client ec2 = aws.ec2()) {
            ec2.startInstances(r -> r.instanceIds(instance));
        }
    }

    private String state() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeInstances(r -> r.instanceIds(instance)).reservations().get(0).instances().get(0).state().nameAsString();
        }
    }
}
