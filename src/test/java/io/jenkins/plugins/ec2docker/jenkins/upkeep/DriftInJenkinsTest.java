package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.Console;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Drift checks on an agent that is a process of its own, with real Terraform and the real AWS provider. */
@WithJenkins
class DriftInJenkinsTest {

    private final Moto aws = Moto.shared();
    private final Console console = new Console();

    private FreeStyleBuild build;

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString());
        }

        @Override
        public int maxRetries() {
            return 2;
        }
    }

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        aws.reset();
        Runs.addCredentials();
        DumbSlave agent = jenkins.createOnlineSlave();
        FreeStyleProject project = jenkins.createFreeStyleProject("shop");
        project.setAssignedNode(agent);
        build = jenkins.buildAndAssertSuccess(project);
    }

    @Test
    void what_others_changed_is_found_on_the_last_runs_agent_and_nothing_is_left_there_while_runs_wait() throws Exception {
        RunReport made = Runs.end(Runs.start(Runs.provision(Runs.request("web")), build, console));
        assertThat(made.result().succeeded()).as(console.text()).isTrue();
        String instance = Runs.instances(aws).get(0).instanceId();
        try (Ec2Client ec2 = aws.ec2()) {
            ec2.createTags(r -> r.resources(instance).tags(Tag.builder().key("team").value("others").build()));
        }

        FilePath beside = JobDeployments.origin("shop", "web").orElseThrow().agent().path().getParent();

        DriftReport found = AgentDriftCheck.check("shop", "web", "alice", beside.getParent(), Clock.systemUTC());

        assertThat(found.drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.address()).startsWith("aws_instance.this");
            assertThat(drift.attribute()).isEqualTo("tags_all.team");
            assertThat(drift.real()).isEqualTo("others");
        });
        assertThat(JobDeployments.of("shop").find("web").orElseThrow()).isEqualTo(made.deployment());
        assertThat(beside.list()).as("workspaces on the agent").isEmpty();
        try (Stream<Path> notes = Files.list(PluginDirectory.path().resolve("leftovers"))) {
            assertThat(notes).isEmpty();
        }

        Console waiting = new Console();
        RunHandle destruction;
        try (DeploymentReservations.Claim claim = ActiveRuns.get().claim("shop", "web", "it is being checked for drift.").orElseThrow()) {
            destruction = Runs.start(RunOrder.destroy("web", null), build, waiting);
            assertThat(waiting.text()).contains("Waiting for its turn: it is being checked for drift.");
            assertThat(destruction.view().stages()).isEmpty();
            assertThat(ActiveRuns.get().claim("shop", "web", "another")).isEmpty();
        }
        assertThat(Runs.end(destruction).result().message()).as(waiting.text()).isEqualTo("Destroyed; nothing is left in AWS.");
    }
}
