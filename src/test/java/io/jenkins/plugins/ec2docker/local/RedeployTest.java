package io.jenkins.plugins.ec2docker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.bootstrap.BootedInstances;
import io.jenkins.plugins.ec2docker.images.LoopbackRegistry;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.Stage;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * An update that changes nothing but images, on the instance that serves, with real Terraform, the real AWS provider, user data and
 * commands of Systems Manager that are really executed.
 */
@Execution(ExecutionMode.CONCURRENT)
class RedeployTest {

    private static final String BROKEN = "shop:broken";
    private static final String MISSING = "shop:nowhere";
    private static final String UP = "docker compose --project-name app --project-directory /opt/app --file /opt/app/docker-compose.yml up";
    private static final String CANNOT =
            "The containers cannot be redeployed on the instance that serves, so that another one takes over: ";
    private static final String REDEPLOYED = "Redeployed: the containers run their images on the instance that served before.";

    /** Of its own: these tests run beside other classes, which empty the shared one. */
    private static Moto aws;

    private static BootedInstances booter;

    @TempDir
    Path directory;

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private DeploymentStore store;
    private String name;

    @BeforeAll
    static void start(@TempDir Path boxes) throws Exception {
        aws = Moto.start();
        booter = new BootedInstances(boxes).broken(BROKEN, "Error: DATABASE_URL is not set").missing(MISSING);
        aws.bootedBy(booter.address());
    }

    @AfterAll
    static void stop() {
        if (booter != null) {
            booter.close();
        }
        aws.close();
    }

    @BeforeEach
    void begin(TestInfo test) {
        store = new DeploymentStore(directory, Encryption.NONE);
        name = "r" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @Test
    void the_instance_stays_its_containers_change_and_the_way_back_is_the_same() throws Exception {
        RunReport first = provision("nginx:1.27");
        String instance = instance(first);

        assertThat(provisioner().plan(request("nginx:1.28", ""), null).result().message()).isEqualTo(
                "Planned; nothing was changed. The containers would get their images on the instance that serves.");
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.27\n");

        RunReport update = provision("nginx:1.28");

        assertThat(update.result()).as(notes.toString()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, REDEPLOYED, true));
        assertThat(instance(update)).isEqualTo(instance);
        assertThat(instances()).containsExactly(instance);
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.28\n");
        assertThat(update.run().record(Action.APPLY)).isEmpty();
        assertThat(update.run().record(Action.VERIFY).orElseThrow().outcome().message()).endsWith("/up answers.");
        assertThat(notes).contains("ec2-docker: pulling images", "ec2-docker: ready (run " + update.run().id() + ")");
        assertThat(update.stages()).extracting(StageTime::stage).containsSubsequence(Stage.REVIEW, Stage.REDEPLOY, Stage.VERIFY);
        Deployment deployment = store.find(name).orElseThrow();
        assertThat(deployment.status()).isEqualTo(Deployment.Status.LIVE);
        assertThat(deployment.redeploying()).isNull();
        assertThat(deployment.appliedRun()).isEqualTo(update.run().id());
        assertThat(deployment.boot().runId()).isEqualTo(first.run().id());

        assertThat(provision("nginx:1.28").result().message()).isEqualTo("Nothing to change.");
        assertThat(provisioner().drift(name).drifts()).isEmpty();

        RunReport back = provisioner().rollback(name, null);

        assertThat(back.result().message()).as(notes.toString()).isEqualTo(REDEPLOYED);
        assertThat(instances()).containsExactly(instance);
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.27\n");

        RunReport other = provisioner().provision(request("nginx:1.29", "machineImage: ubuntu-24.04\n"), null);

        assertThat(other.result().message()).as(notes.toString()).startsWith("Provisioned: the new instance was verified");
        assertThat(notes).contains(CANNOT + "of the request, machineImage has changed.");
        assertThat(instances()).containsExactly(instance(other)).doesNotContain(instance);
        assertThat(booter.running(instance(other))).isEqualTo("web nginx:1.29\n");
    }

    @Test
    void a_redeployment_that_fails_names_container_and_reason_and_the_container_before_serves_again() throws Exception {
        RunReport first = provision("nginx:1.27");
        String instance = instance(first);
        String could = "Instance " + instance + " could not be redeployed with container web (";

        RunReport bad = provision(BROKEN);

        assertThat(bad.result().status()).as(notes.toString()).isEqualTo(RunResult.Status.FAILED);
        assertThat(bad.result().message()).isEqualTo(could + BROKEN
                + "): container web restarted 10 times, last with code 1. The containers that were there before serve again.");
        assertThat(notes).contains("ec2-docker: web| Error: DATABASE_URL is not set");
        assertServedBy(first, bad);

        int ups = booter.calls(instance, UP).size();
        RunReport missing = provision(MISSING);

        assertThat(missing.result().message()).as(notes.toString())
                .startsWith(could + MISSING + "): pulling images: docker compose pull failed 3 times: ");
        // Once: what was there is brought up again, which changes nothing.
        assertThat(booter.calls(instance, UP)).hasSize(ups + 1);
        assertServedBy(first, missing);

        booter.answersOutside(first.deployment().outputs().get("public_ip").asText(), 503);
        RunReport silent = provision("nginx:1.28");

        assertThat(silent.result().message()).as(notes.toString()).startsWith("Not healthy within ")
                .endsWith("The containers that were there before serve again.");
        assertServedBy(first, silent);

        booter.answersOutside(first.deployment().outputs().get("public_ip").asText(), 200);
        assertThat(provision("nginx:1.27").result().message()).isEqualTo("Nothing to change.");
    }

    private void assertServedBy(RunReport good, RunReport failed) throws Exception {
        assertThat(instances()).containsExactly(instance(good));
        assertThat(booter.running(instance(good))).isEqualTo("web nginx:1.27\n");
        assertThat(failed.deployment().status()).isEqualTo(Deployment.Status.LIVE);
        assertThat(failed.deployment().appliedRun()).isEqualTo(good.run().id());
        assertThat(failed.deployment().redeploying()).isNull();
    }

    @Test
    void an_interrupt_stops_the_command_and_the_containers_stay() throws Exception {
        String instance = instance(provision("nginx:1.27"));
        Path gate = booter.holdPulls(instance);
        LocalEngine provisioner = provisioner();
        AtomicReference<RunReport> report = new AtomicReference<>();
        Thread run = new Thread(() -> report.set(unchecked(() -> provisioner.provision(request("nginx:1.28", ""), null))));
        run.start();
        // Opens once the pull is there to read.
        try (OutputStream held = Files.newOutputStream(gate)) {
            Files.delete(gate);
            provisioner.interrupt();
            run.join(Duration.ofMinutes(2).toMillis());
        }

        assertThat(report.get().result().status()).isEqualTo(RunResult.Status.INTERRUPTED);
        assertThat(report.get().result().message())
                .isEqualTo("The run was interrupted. The containers that were there before serve again.");
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.27\n");
        assertThat(report.get().deployment().redeploying()).isNull();
    }

    @Test
    void an_instance_that_is_made_again_boots_what_it_ran_last() throws Exception {
        String instance = instance(provision("nginx:1.27"));
        provision("nginx:1.28");
        aws.take(instance, "Client.UserInitiatedShutdown: somebody");

        RunReport again = provision("nginx:1.28");

        assertThat(again.result().message()).as(notes.toString()).isEqualTo("Provisioned.");
        assertThat(instance(again)).isNotEqualTo(instance);
        assertThat(booter.running(instance(again))).isEqualTo("web nginx:1.28\n");
    }

    @Test
    void what_systems_manager_does_not_reach_is_replaced_and_the_console_says_why() throws Exception {
        String instance = instance(provision("nginx:1.27"));
        aws.ping(instance, "ConnectionLost");

        RunReport update = provision("nginx:1.28");

        assertThat(update.result().message()).as(notes.toString()).startsWith("Provisioned: the new instance was verified");
        assertThat(instances()).doesNotContain(instance).hasSize(1);
        assertThat(notes).contains(CANNOT + "AWS Systems Manager says of instance " + instance + ": ConnectionLost.");
    }

    @Test
    void where_the_request_does_not_ask_for_it_the_instance_is_replaced_and_a_bad_image_leaves_the_old_one_serving() throws Exception {
        RunReport first = provisioner().provision(replacing("nginx:1.27"), null);
        String instance = instance(first);

        RunReport bad = provisioner().provision(replacing(BROKEN), null);

        assertThat(bad.result().message()).as(notes.toString())
                .contains("did not come up: container web restarted 10 times, last with code 1.")
                .endsWith("The new instance was removed again; the one before it serves as it did.");
        assertThat(instances()).containsExactly(instance);
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.27\n");
        assertThat(booter.calls(instance, UP)).hasSize(1);
        assertThat(bad.deployment().status()).isEqualTo(Deployment.Status.LIVE);
        assertThat(bad.deployment().outputs()).isEqualTo(first.deployment().outputs());
    }

    @Test
    void what_a_tag_stands_for_is_on_the_instance_and_when_it_moves_that_is_redeployed() throws Exception {
        try (LoopbackRegistry registry = new LoopbackRegistry()) {
            String before = registry.moves("library/nginx", "1.27", '1');
            RunReport first = provisioner().asking(registry.images()).provision(request("nginx:1.27", ""), null);
            String instance = instance(first);
            assertThat(booter.file(instance, "/opt/app/docker-compose.yml")).contains("\"image\": \"nginx:1.27@" + before + "\"\n");
            assertThat(provisioner().asking(registry.images()).provision(request("nginx:1.27", ""), null).result().message())
                    .isEqualTo("Nothing to change.");

            String after = registry.moves("library/nginx", "1.27", '2');
            RunReport update = provisioner().asking(registry.images()).provision(request("nginx:1.27", ""), null);

            assertThat(update.result().message()).as(notes.toString()).isEqualTo(REDEPLOYED);
            assertThat(instance(update)).isEqualTo(instance);
            assertThat(booter.running(instance)).isEqualTo("web nginx:1.27@" + after + "\n");
            assertThat(booter.file(instance, "/opt/app/docker-compose.yml")).contains("\"image\": \"nginx:1.27@" + after + "\"\n");
        }
    }

    private RunReport provision(String image) throws Exception {
        return provisioner().provision(request(image, ""), null);
    }

    private LocalEngine provisioner() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        environment.putAll(booter.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5, Duration.ofMinutes(1), "alice");
        RunObserver listener = new RunObserver() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, listener, Clock.systemUTC());
    }

    private ProvisionRequest replacing(String image) throws Exception {
        return parsed(image, "replace", "");
    }

    private ProvisionRequest request(String image, String more) throws Exception {
        return parsed(image, "redeploy", more);
    }

    private ProvisionRequest parsed(String image, String onImageChange, String more) throws Exception {
        int port = booter.port();
        String yaml = """
                name: %s
                region: eu-central-1
                instanceType: t3.small
                containers: [{name: web, image: "%s", ports: ["%s:80"]}]
                health: {port: %s, path: /up, timeout: 10s}
                onImageChange: %s
                """.formatted(name, image, port, port, onImageChange) + more;
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private static String instance(RunReport report) {
        return report.deployment().outputs().get("instance_id").asText();
    }

    private List<String> instances() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2
                    .describeInstances(r -> r.filters(
                            Filter.builder().name("tag:ec2-docker:name").values(name).build(),
                            Filter.builder().name("instance-state-name").values("pending", "running").build()))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(instance -> instance.instanceId())
                    .toList();
        }
    }

    private interface Attempt {
        RunReport make() throws Exception;
    }

    private static RunReport unchecked(Attempt attempt) {
        try {
            return attempt.make();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
