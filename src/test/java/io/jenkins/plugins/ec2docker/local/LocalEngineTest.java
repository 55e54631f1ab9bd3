package io.jenkins.plugins.ec2docker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.Stage;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The whole engine with real Terraform and the real AWS provider. */
@Execution(ExecutionMode.CONCURRENT)
class LocalEngineTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            requester: [team@example.com]
            tags: {CostCenter: "4711"}
            """;
    private static final byte[] USERS = "username,email\nada,ada@example.com\n".getBytes(UTF_8);

    @TempDir
    Path directory;

    /** Of its own: the tests run at the same time. */
    private Moto aws;
    private DeploymentStore store;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void start() {
        aws = Moto.start();
        store = new DeploymentStore(directory, Encryption.NONE);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void a_request_becomes_an_instance_is_left_alone_is_updated_and_goes() throws Exception {
        RunReport first = provisioner().provision(request(REQUEST), USERS);

        assertThat(first.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true));
        assertThat(first.stages()).extracting(StageTime::stage)
                .containsExactly(Stage.PREPARE, Stage.INIT, Stage.VALIDATE, Stage.PLAN, Stage.REVIEW, Stage.APPLY, Stage.VERIFY);
        Instance instance = onlyInstance();
        assertThat(first.deployment().outputs().get("instance_id").asText()).isEqualTo(instance.instanceId());
        assertThat(first.deployment().outputs().get("url").asText()).isEqualTo("http://" + instance.publicIpAddress() + ":80/");
        assertThat(instance.tags()).contains(
                tag("ec2-docker:deployment", first.deployment().id()), tag("Name", "web"), tag("CostCenter", "4711"));
        assertThat(userData(instance)).isEqualTo(store.inputs("web", first.run().id()).contents().get("bootstrap/user-data"));

        RunReport again = provisioner().provision(request(REQUEST), USERS);

        assertThat(again.result().message()).isEqualTo("Nothing to change.");
        assertThat(onlyInstance().instanceId()).isEqualTo(instance.instanceId());
        assertThat(again.deployment().outputs()).isEqualTo(first.deployment().outputs());

        RunReport update = provisioner().provision(request(REQUEST.replace("nginx:1.27", "nginx:1.28")), USERS);

        assertThat(update.result().succeeded()).isTrue();
        assertThat(update.run().plan().orElseThrow().add()).isEqualTo(1);
        assertThat(onlyInstance().instanceId()).isNotEqualTo(instance.instanceId());
        assertThat(update.deployment().id()).isEqualTo(first.deployment().id());

        RunReport gone = provisioner().destroy("web");

        assertThat(gone.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        assertThat(instances()).isEmpty();
        assertThat(aws.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
        assertThat(gone.deployment().runs()).extracting(RunSummary::status).containsOnly("succeeded").hasSize(4);
        assertThat(gone.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
        assertThat(store.states("web").list()).hasSizeGreaterThanOrEqualTo(3);
        assertNoWorkspaceIsLeft();
    }

    @Test
    void what_a_failed_run_created_is_destroyed_and_told() throws Exception {
        // A key pair that does not exist: AWS says so when the instance is launched, after all else has been created.
        RunReport report = provisioner().provision(request(REQUEST + "keyName: nobody-has-this\n"), USERS);

        assertThat(report.result().status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(report.result().message())
                .contains("keyName \"nobody-has-this\"")
                .doesNotContain("aws_instance.this")
                .endsWith("What had been created was destroyed again.");
        assertThat(report.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
        assertThat(aws.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
    }

    @Test
    void what_a_failed_run_created_is_kept_where_the_request_says_so_and_can_be_destroyed() throws Exception {
        RunReport report = provisioner().provision(request(REQUEST + "keyName: nobody-has-this\nonFailure: keep\n"), USERS);

        assertThat(report.deployment().status()).isEqualTo(Deployment.Status.INCOMPLETE);
        assertThat(aws.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).hasSize(1);

        assertThat(provisioner().destroy("web").result().succeeded()).isTrue();
        assertThat(aws.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
    }

    @Test
    void the_plan_is_held_against_the_guardrails_again_and_nothing_is_created() throws Exception {
        Guardrails strict = guardrails("instanceTypes: [m7g.*]");

        RunReport report = provisioner(strict).provision(request(REQUEST), USERS);

        assertThat(report.result().status()).isEqualTo(RunResult.Status.REFUSED);
        assertThat(report.result().message()).contains("t3.small");
        assertThat(instances()).isEmpty();
    }

    @Test
    void a_plan_that_costs_more_than_administrators_allow_creates_nothing_and_one_that_costs_less_says_what_it_costs() throws Exception {
        RunReport dear = provisioner(guardrails("maxMonthlyCost: 19")).provision(request(REQUEST), USERS);

        // By the fixture's list a t3.small is 0.024 USD an hour, and a month's GiB of gp3 0.0952.
        assertThat(dear.result().status()).isEqualTo(RunResult.Status.REFUSED);
        assertThat(dear.result().message())
                .contains("cost of the plan \"19.42 USD a month\": is more than the 19 USD a month that are allowed here; ask for less.");
        assertThat(instances()).isEmpty();

        assertThat(provisioner(guardrails("maxMonthlyCost: 20")).plan(request(REQUEST), USERS).result().succeeded()).isTrue();
        assertThat(notes).contains("At list prices on demand what is planned costs 19.42 USD a month, without what costs by use.");
    }

    @Test
    void a_plan_tells_what_would_happen_and_keeps_nothing() throws Exception {
        RunReport report = provisioner().plan(request(REQUEST), USERS);

        assertThat(report.run().plan().orElseThrow().add()).isGreaterThan(5);
        assertThat(store.find("web")).isEmpty();
        assertThat(instances()).isEmpty();
        assertNoWorkspaceIsLeft();
    }

    @Test
    void a_deployment_cannot_move_to_another_region() throws Exception {
        Deployment there = Deployment.begin("web", "web-00000001", "instance", "eu-west-1", "alice", Clock.systemUTC().instant())
                .applying("r1", new Generation("abc", "r1"), null, Clock.systemUTC().instant());
        store.save(there);

        assertThatThrownBy(() -> provisioner().provision(request(REQUEST), USERS))
                .hasMessage("Deployment \"web\" lives in region eu-west-1 and cannot move to eu-central-1: destroy it first, or give the"
                        + " request another name.");
    }

    @Test
    void a_rollback_to_what_is_not_kept_any_more_says_what_is_missing() throws Exception {
        Instant now = Clock.systemUTC().instant();
        store.save(Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", now)
                .beginRun(RunSummary.begin("r1", Purpose.PROVISION, "alice", now))
                .applying("r1", new Generation("abc", "r1"), null, now)
                .endRun("r1", new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true), false, Deployment.Status.LIVE, Map.of(),
                        now));

        assertThatThrownBy(() -> provisioner().rollback("web", "r1"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("What run r1 was given is not kept any more (")
                .hasMessageEndingWith(" is missing), so that deployment \"web\" cannot be rolled back to it: choose another run.");
    }

    private LocalEngine provisioner() {
        return provisioner(Guardrails.UNRESTRICTED);
    }

    private LocalEngine provisioner(Guardrails guardrails) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, guardrails, 5, Duration.ofMinutes(1), "alice");
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, new RunObserver() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        }, Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private static Guardrails guardrails(String yaml) throws Exception {
        return Guardrails.read(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private void assertNoWorkspaceIsLeft() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().contains("/work/"))).isEmpty();
        }
    }

    private Instance onlyInstance() {
        assertThat(instances()).hasSize(1);
        return instances().get(0);
    }

    private List<Instance> instances() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2
                    .describeInstances(r -> r.filters(Filter.builder()
                            .name("instance-state-name")
                            .values(InstanceStateName.PENDING.toString(), InstanceStateName.RUNNING.toString())
                            .build()))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList();
        }
    }

    private byte[] userData(Instance instance) {
        try (Ec2Client ec2 = aws.ec2()) {
            return Base64.getDecoder().decode(ec2
                    .describeInstanceAttribute(r -> r.instanceId(instance.instanceId()).attribute(InstanceAttributeName.USER_DATA))
                    .userData()
                    .value());
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
