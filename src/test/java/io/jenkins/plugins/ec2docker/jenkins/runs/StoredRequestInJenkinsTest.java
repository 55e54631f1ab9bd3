package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunStore;
import io.jenkins.plugins.ec2docker.jenkins.store.EncryptedOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.AgentDriftCheck;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ControllerSweep;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ExpiryWork;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.WorkingHoursWork;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Deployments in Jenkins whose stored request today's rules reject, with real Terraform on an agent that is a process of its own. */
@OneJenkins
class StoredRequestInJenkinsTest {

    /** Breaks a rule in every way: syntax, limits, types, fields. */
    private static final String REJECTED = """
            {
              "name": "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
              "region": ["eu-central-1"],
              "instanceType": "T3 SMALL",
              "containers": [{"name": "w", "image": "NGINX:!!", "ports": ["0:80", "eighty"]}],
              "requester": ["nobody"],
              "network": {"ingressCidrs": ["anywhere"]},
              "disk": {"sizeGiB": 1},
              "schedule": {"start": "at eight", "stop": "0 18 * * *", "zone": "Mars/Olympus"},
              "warpFactor": {"now": 9}
            }
            """;

    /** Longer than the name of a directory may be. */
    private static final String JOB = "team/" + "\u6ce8".repeat(25);

    private final Moto aws = Moto.shared();
    private final Console console = new Console();

    private static JenkinsRule jenkins;
    private static DumbSlave agent;
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

    @BeforeAll
    static void one_jenkins_with_an_agent(JenkinsRule rule) throws Exception {
        jenkins = rule;
        agent = jenkins.createOnlineSlave();
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @BeforeEach
    void start() throws Exception {
        aws.reset();
        Runs.addCredentials();
        FreeStyleProject project = jenkins.createFolder("team").createProject(FreeStyleProject.class, JOB.substring("team/".length()));
        project.setAssignedNode(agent);
        build = jenkins.buildAndAssertSuccess(project);
    }

    @Test
    void drift_working_hours_sweep_and_page_work_a_rollback_is_rejected_and_the_destroy_step_destroys() throws Exception {
        Deployment made = provisioned();

        FilePath beside = JobDeployments.origin(JOB, "web").orElseThrow().agent().path().getParent().getParent();
        assertThat(AgentDriftCheck.check(JOB, "web", "alice", beside, Clock.systemUTC()).drifts()).isEmpty();
        new WorkingHoursWork().obey(Instant.parse("2099-11-20T18:00:30Z"));
        assertThat(Runs.instances(aws)).as("a schedule that cannot be read stops nothing").hasSize(1);
        assertThat(new ControllerSweep("alice", Duration.ofHours(24), Sweep.Act.LOOK, Clock.systemUTC()).run().problems()).isEmpty();
        assertThat(jenkins.createWebClient().withJavaScriptEnabled(false).goTo(build.getParent().getUrl() + "ec2-docker/deployment/web/")
                .asNormalizedText())
                .contains("start at eight, stop 0 18 * * * (Mars/Olympus)");
        AtomicFile.write(build.getRootDir().toPath().resolve("ec2-docker").resolve(made.appliedRun()).resolve("order"),
                new JenkinsEncryption().seal(("{\"request\": " + REJECTED + "}").getBytes(StandardCharsets.UTF_8)));
        assertThat(jenkins.createWebClient().withJavaScriptEnabled(false).goTo(build.getUrl() + "ec2-docker/").asNormalizedText())
                .contains("instanceType: T3 SMALL");

        assertThatThrownBy(() -> Runs.start(RunOrder.rollback("web", made.appliedRun(), null), build, console))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("again; today's rules reject it:")
                .hasMessageContaining("disk.sizeGiB \"1\": must be a whole number from 8 to 65536 GiB.");

        RunReport gone = Runs.end(Runs.start(RunOrder.destroy("web", null), build, console));

        assertThat(gone.result().message()).as(console.text()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(Runs.instances(aws)).isEmpty();
    }

    @Test
    void an_expired_deployment_is_destroyed() throws Exception {
        Deployment made = provisioned();
        JobDeployments.of(JOB).save(StoredDeployment.ending(made, Instant.now().minusSeconds(60)));

        for (var destruction : new ExpiryWork().destroyWhatIsOver(Instant.now())) {
            destruction.get(3, TimeUnit.MINUTES);
        }

        assertThat(JobDeployments.of(JOB).find("web").orElseThrow().isGone()).isTrue();
        assertThat(Runs.instances(aws)).isEmpty();
    }

    @Test
    void what_a_run_was_given_is_read_whatever_todays_rules_say_and_written_with_all_its_fields() throws Exception {
        Deployment made = StoredDeployments.live("web", "web-3f9a1c20", Instant.now());
        JobDeployments.of(JOB).save(made);
        rejected(made.appliedRun());
        ActiveRunRecord record = ActiveRunRecord.builder(JOB, 1, "alice").agent(new AgentDirectory("", "/nowhere"))
                .credentialsId(Runs.CREDENTIALS).region(Moto.REGION.id()).deployment(made)
                .run(ProvisioningRun.begin("r2", Purpose.PROVISION, OnFailure.KEEP, false)).started(Instant.now()).build();
        EncryptedOrder order = new EncryptedOrder(JobDeployments.of(JOB).stored("web", made.appliedRun()), new byte[] {1, 2}, "r0", null);
        ActiveRunStore records = new ActiveRunStore(PluginDirectory.path().resolve("test"));

        records.begin(record, order);
        EncryptedOrder again = records.order(record);

        assertThat(again.stored()).isEqualTo(order.stored());
        assertThat(again.stored().document()).containsEntry("warpFactor", Map.of("now", 9));
        assertThat(again.request().region()).isEqualTo(Moto.REGION.id());
        assertThat(again.usersCsv()).containsExactly(1, 2);
        assertThat(again.backTo()).isEqualTo("r0");
    }

    private Deployment provisioned() throws Exception {
        RunReport made = Runs.end(Runs.start(Runs.provision(Runs.request("web")), build, console));
        assertThat(made.result().succeeded()).as(console.text()).isTrue();
        rejected(made.run().id());
        return made.deployment();
    }

    private static void rejected(String run) throws Exception {
        Path file = JobDeployments.of(JOB).runDirectory("web", run).resolve("request.json");
        Files.createDirectories(file.getParent());
        AtomicFile.write(file, new JenkinsEncryption().seal(REJECTED.getBytes(StandardCharsets.UTF_8)));
    }
}
