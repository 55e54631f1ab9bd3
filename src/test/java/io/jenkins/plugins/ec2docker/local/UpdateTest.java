package io.jenkins.plugins.ec2docker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.Stage;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;

/** An update that needs another instance, with real Terraform and the real AWS provider: the old one serves until the new one was verified. */
@Execution(ExecutionMode.CONCURRENT)
class UpdateTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            network: {elasticIp: true}
            tags: {release: first}
            """;
    private static final String NEXT = REQUEST.replace("1.27", "1.28").replace("release: first", "release: second");
    /** Nothing answers on an instance of moto. */
    private static final String UNHEALTHY = NEXT.replace("80:80", "8080:80") + "health: {port: 8080, timeout: 10s}\n";

    @TempDir
    Path directory;

    /** After the first request. */
    private Moto aws;
    private DeploymentStore store;

    /** What AWS said when the verification began: states of the instances, and to which of them the Elastic IP address led. */
    private volatile Map<String, String> running;

    private volatile String addressed;

    @BeforeEach
    void start() throws Exception {
        aws = Provisioned.by(REQUEST).copyTo(directory);
        store = new DeploymentStore(directory, Encryption.NONE);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void the_new_instance_is_verified_beside_the_old_one_then_takes_its_address_and_the_way_back_is_the_same() throws Exception {
        RunReport first = Provisioned.by(REQUEST).report();
        assertThat(first.run().record(Action.CUTOVER)).isEmpty();
        String old = text(first, "instance_id");
        String address = text(first, "public_ip");

        RunReport update = provisioner().provision(request(NEXT), null);

        assertThat(update.result().message()).startsWith("Provisioned: the new instance was verified");
        String next = text(update, "instance_id");
        assertThat(next).isNotEqualTo(old);
        assertThat(running).isEqualTo(Map.of(old, "running", next, "running"));
        assertThat(addressed).isEqualTo(old);
        assertThat(instances()).isEqualTo(Map.of(old, "terminated", next, "running"));
        assertThat(addressee()).isEqualTo(next);
        assertThat(text(update, "public_ip")).isEqualTo(address);
        assertThat(tag(next, "release")).isEqualTo("second");
        assertThat(update.deployment().outputs()).doesNotContainKey("instances");
        assertThat(update.stages()).extracting(StageTime::stage).endsWith(Stage.APPLY, Stage.VERIFY, Stage.CUTOVER);
        assertThat(store.find("web").orElseThrow().beside()).isNull();

        RunReport again = provisioner().provision(request(NEXT), null);

        assertThat(again.result().message()).isEqualTo("Nothing to change.");

        RunReport back = provisioner().rollback("web", null);

        assertThat(back.result().succeeded()).isTrue();
        assertThat(running).containsEntry(next, "running").containsEntry(text(back, "instance_id"), "running");
        assertThat(boot(text(back, "instance_id"))).contains(back.run().id());
        assertThat(store.request("web", back.run().id())).isEqualTo(request(REQUEST));
        assertThat(text(back, "public_ip")).isEqualTo(address);
        RunSummary last = back.deployment().lastRun().orElseThrow();
        assertThat(last.purpose()).isEqualTo(Purpose.ROLLBACK);
        assertThat(last.backTo()).isEqualTo(first.run().id());
        assertThat(last.isGood()).isTrue();
        assertThat(provisioner().destroy("web").result().succeeded()).isTrue();
        assertThat(instances().values()).containsOnly("terminated");
    }

    @Test
    void an_update_that_is_not_healthy_leaves_the_old_instance_serving_and_nothing_else() throws Exception {
        RunReport first = Provisioned.by(REQUEST).report();
        String old = text(first, "instance_id");

        RunReport update = provisioner().provision(request(UNHEALTHY), null);

        assertThat(update.result().status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(update.result().message()).endsWith("The new instance was removed again; the one before it serves as it did.");
        assertThat(running).hasSize(2).containsEntry(old, "running");
        assertThat(addressed).isEqualTo(old);
        assertThat(instances()).hasSize(2).containsEntry(old, "running");
        assertThat(instances().values()).containsOnlyOnce("running");
        assertThat(addressee()).isEqualTo(old);
        assertThat(tag(old, "release")).isEqualTo("first");
        assertThat(new String(store.states("web").read(store.states("web").latest().orElseThrow()), UTF_8))
                .contains(old)
                .doesNotContain(running.keySet().stream().filter(id -> !id.equals(old)).findFirst().orElseThrow());
        Deployment left = update.deployment();
        assertThat(left.status()).isEqualTo(Deployment.Status.LIVE);
        assertThat(left.outputs()).isEqualTo(first.deployment().outputs());
        assertThat(left.boot()).isEqualTo(first.deployment().boot());
        assertThat(left.beside()).isNull();
        assertThat(left.lastRun().orElseThrow().isGood()).isFalse();

        assertThat(provisioner().provision(request(REQUEST), null).result().message()).isEqualTo("Nothing to change.");
    }

    @Test
    void what_an_instance_is_launched_with_is_changed_by_another_one_and_within_what_the_guardrails_have_become() throws Exception {
        RunReport first = Provisioned.by(REQUEST).report();
        Guardrails narrower = Guardrails.read(DocumentReader.read(
                "{instanceTypes: [t3.micro], ingressCidrs: [10.0.0.0/8]}", DocumentReader.Format.YAML)).orElseThrow();
        String moved = REQUEST.replace("t3.small", "t3.micro").replace("{elasticIp: true}", "{elasticIp: true, ingressCidrs: [10.0.0.0/8]}")
                + "machineImage: ubuntu-24.04\n";

        RunReport update = provisioner(narrower).provision(request(moved), null);

        assertThat(update.result().succeeded()).as(update.result().message()).isTrue();
        assertThat(running).hasSize(2).containsEntry(text(first, "instance_id"), "running");
        assertThat(instances()).containsEntry(text(first, "instance_id"), "terminated");
        RunReport back = provisioner(narrower).rollback("web", first.run().id());
        assertThat(back.result().status()).isEqualTo(RunResult.Status.REFUSED);
        assertThat(back.result().message()).contains("t3.small").endsWith("Nothing was changed in AWS.");
    }

    private LocalEngine provisioner() {
        return provisioner(Guardrails.UNRESTRICTED);
    }

    private LocalEngine provisioner(Guardrails guardrails) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, guardrails, 5, Duration.ofMinutes(1), "alice");
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, new Onlooker(), Clock.systemUTC());
    }

    /** Looks at AWS as the verification begins, and keeps the run from going on meanwhile. */
    private final class Onlooker implements RunObserver {

        @Override
        public void changed(ProvisioningRun run) {
            boolean begins = run.record(Action.VERIFY).filter(ActionRecord::isUnderWay).isPresent();
            if (begins) {
                running = instances();
                running.values().removeIf("terminated"::equals);
                addressed = addressee();
            }
        }
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private static String text(RunReport report, String output) {
        return report.deployment().outputs().get(output).asText();
    }

    /** State of each instance that AWS remembers, by id. */
    private Map<String, String> instances() {
        Map<String, String> states = new TreeMap<>();
        try (Ec2Client ec2 = aws.ec2()) {
            ec2.describeInstances().reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .forEach(instance -> states.put(instance.instanceId(), instance.state().nameAsString()));
        }
        return states;
    }

    private String addressee() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeAddresses().addresses().get(0).instanceId();
        }
    }

    private String tag(String instance, String key) {
        try (Ec2Client ec2 = aws.ec2()) {
            List<software.amazon.awssdk.services.ec2.model.Tag> tags =
                    ec2.describeInstances(r -> r.instanceIds(instance)).reservations().get(0).instances().get(0).tags();
            return tags.stream().filter(tag -> tag.key().equals(key)).findFirst().orElseThrow().value();
        }
    }

    /** The boot script that an instance was launched with. */
    private String boot(String instance) throws Exception {
        try (Ec2Client ec2 = aws.ec2()) {
            String encoded = ec2.describeInstanceAttribute(r -> r.instanceId(instance).attribute(InstanceAttributeName.USER_DATA))
                    .userData()
                    .value();
            byte[] packed = Base64.getDecoder().decode(encoded);
            return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), UTF_8);
        }
    }
}
