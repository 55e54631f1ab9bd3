package io.jenkins.plugins.ec2docker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.StateBucket;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.WorkingHours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Deployments whose stored request today's rules reject, with real Terraform: as if the rules had become stricter since, or the store had been
 * written by another version.
 */
@Execution(ExecutionMode.CONCURRENT)
class TightenedRulesTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            schedule: {start: 0 8 * * mon-fri, stop: 0 18 * * mon-fri, zone: Europe/Berlin}
            """;
    /** Breaks a rule in every way: syntax, limits, types, fields, a container that cannot be rendered. */
    private static final String REJECTED = """
            {
              "name": "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
              "region": ["eu-central-1"],
              "instanceType": "T3 SMALL",
              "role": "deployer",
              "containers": [
                {"name": "w", "image": "NGINX:!!", "ports": ["0:80", "eighty"], "restart": "sometimes"}
              ],
              "machineImage": "ubuntu-18.04",
              "network": {"ingressCidrs": ["10.0.0.1/8", "anywhere"]},
              "disk": {"sizeGiB": 1},
              "spot": "often",
              "expiresAfter": "soon",
              "schedule": {"start": "at eight", "stop": "0 18 * * mon-fri", "zone": "Mars/Olympus"},
              "tags": {"aws:x": "y"},
              "onFailure": "ask",
              "warpFactor": {"now": 9}
            }
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** Of its own: the tests run at the same time. */
    private Moto aws;
    private StateBucket bucket;
    private DeploymentStore store;

    @BeforeEach
    void start() {
        aws = Moto.start();
        bucket = StateBucket.make(aws, "states");
        store = new DeploymentStore(directory, Encryption.NONE);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void drift_unlock_move_and_destroy_work_and_only_a_rollback_is_rejected() throws Exception {
        RunReport first =
                provisioner(new S3BackendSetting("states", "team", StateBucket.REGION, null, null)).provision(request(REQUEST), null);
        assertThat(first.result().succeeded()).as(first.result().message()).isTrue();
        Deployment made = first.deployment();
        String run = first.run().id();
        rejected("web", run);

        assertThat(provisioner(null).drift("web").drifts()).isEmpty();

        String lock = "team/" + made.id() + "/terraform.tfstate.tflock";
        bucket.write(lock, "{\"ID\":\"1234\",\"Who\":\"bob@desk\",\"Created\":\"2026-11-25T21:00:00Z\"}".getBytes(UTF_8));
        provisioner(null).unlockState("web", "1234");
        assertThat(bucket.keys()).doesNotContain(lock);
        assertThat(provisioner(null).moveState("web", null)).isTrue();

        assertThat(WorkingHours.due(store.request("web", run).schedule(), made, Instant.parse("2030-01-01T00:00:00Z"), null))
                .as("a schedule that cannot be read stops nothing").isEmpty();
        assertThat(store.images("web", run)).containsExactly("NGINX:!!");

        assertThatThrownBy(() -> provisioner(null).rollback("web", run)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "Deployment \"web\" cannot be provisioned with the request of run " + run + " again; today's rules reject it:")
                .hasMessageContaining("\n  disk.sizeGiB \"1\": must be a whole number from 8 to 65536 GiB.")
                .hasMessageContaining("\n  warpFactor: is not a known field")
                .hasMessageEndingWith("Choose another run, or provision with a request that keeps these rules.");
        assertThat(store.find("web")).contains(made);

        RunReport gone = provisioner(null).destroy("web");

        assertThat(gone.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        assertThat(instances()).containsOnly("terminated");
    }

    @Test
    void a_new_request_updates_what_such_a_one_made() throws Exception {
        RunReport first = provisioned();
        rejected("web", first.run().id());

        RunReport update = provisioner(null).provision(request(REQUEST.replace("1.27", "1.28") + "onImageChange: redeploy\n"), null);

        assertThat(update.result().succeeded()).as(update.result().message()).isTrue();
        assertThat(instances()).containsExactlyInAnyOrder("running", "terminated");
    }

    @Test
    void a_blueprint_that_is_no_longer_known_is_no_error_for_drift_and_destroy() throws Exception {
        RunReport first = provisioned();
        change(directory.resolve("web/runs/" + first.run().id() + "/request.json"), document -> document.put("blueprint", "cluster"));
        change(directory.resolve("web/deployment.json"), document -> document.put("blueprint", "cluster"));

        assertThat(provisioner(null).drift("web").drifts()).isEmpty();
        assertThat(provisioner(null).destroy("web").result().message()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(instances()).containsOnly("terminated");
    }

    private RunReport provisioned() throws Exception {
        aws.close();
        aws = Provisioned.by(REQUEST).copyTo(directory);
        return Provisioned.by(REQUEST).report();
    }

    private interface Change {
        void of(ObjectNode document);
    }

    private static void change(Path file, Change change) throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(file.toFile());
        change.of(document);
        JSON.writeValue(file.toFile(), document);
    }

    private void rejected(String name, String run) throws IOException {
        Files.writeString(directory.resolve(name + "/runs/" + run + "/request.json"), REJECTED);
    }

    private List<String> instances() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeInstances().reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(instance -> instance.state().nameAsString())
                    .toList();
        }
    }

    private LocalEngine provisioner(S3BackendSetting backend) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice", backend == null ? StateBackendSetting.STORE : new StateBackendSetting(backend, false));
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, RunObserver.NONE, Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
