package io.jenkins.plugins.ec2docker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.state.StateComparison;
import io.jenkins.plugins.ec2docker.run.state.StateRestoration;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.StateBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Deployments whose state is in S3, and its ways there and back, with real Terraform. */
@Execution(ExecutionMode.CONCURRENT)
class StateInS3Test {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            """;
    private static final S3BackendSetting PLAIN = new S3BackendSetting("states", "team", StateBucket.REGION, null, null);
    private static final S3BackendSetting WITH_TABLE = new S3BackendSetting("states", "other", StateBucket.REGION, null, "locks");

    @TempDir
    Path directory;

    /** Of its own: the tests run at the same time. */
    private Moto aws;
    private StateBucket bucket;
    private DeploymentStore store;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void start() {
        aws = Moto.start();
        bucket = StateBucket.make(aws, "states");
        bucket.makeLockTable("locks");
        store = new DeploymentStore(directory, Encryption.NONE);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void a_state_in_s3_goes_through_a_whole_life_and_moves_there_and_back_without_a_change_to_aws() throws Exception {
        Set<String> seen = new ConcurrentSkipListSet<>();
        RunReport first = provisioner(new StateBackendSetting(PLAIN, false), new RunObserver() {
            @Override
            public void event(Action action, Event event) {
                if (action == Action.APPLY && event instanceof Event.ApplyStart) {
                    seen.addAll(bucket.keys());
                }
            }
        }).provision(request(REQUEST), null);

        assertThat(first.result().succeeded()).as(first.result().message()).isTrue();
        String key = "team/" + first.deployment().id() + "/terraform.tfstate";
        assertThat(seen).as("locked while Terraform works").contains(key + ".tflock");
        assertThat(bucket.keys()).as("and not after").containsExactly(key);
        assertThat(latest()).isEqualTo(bucket.read(key).orElseThrow());
        String instance = onlyInstance();

        assertThat(provisioner(StateBackendSetting.STORE).moveState("web", null)).isTrue();

        assertThat(store.s3(first.deployment())).isEmpty();
        assertNothingToChange(instance);
        assertThat(bucket.read(key)).as("left as it was").isPresent();

        assertThat(provisioner(StateBackendSetting.STORE).moveState("web", WITH_TABLE)).isTrue();
        assertThat(provisioner(StateBackendSetting.STORE).moveState("web", WITH_TABLE)).as("is there already").isFalse();

        String other = "other/" + first.deployment().id() + "/terraform.tfstate";
        assertThat(bucket.read(other)).contains(latest());
        assertNothingToChange(instance);

        RunReport update = provisioner(StateBackendSetting.STORE).provision(request(REQUEST.replace("nginx:1.27", "nginx:1.28")), null);

        assertThat(update.result().succeeded()).as(update.result().message()).isTrue();
        assertThat(onlyInstance()).isNotEqualTo(instance);
        assertThat(bucket.read(other)).contains(latest());
        assertThat(provisioner(StateBackendSetting.STORE).drift("web").drifts()).isEmpty();

        RunReport gone = provisioner(StateBackendSetting.STORE).destroy("web");

        assertThat(gone.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        assertThat(instances()).isEmpty();
        assertThat(bucket.keys()).containsExactlyInAnyOrder(key, other);
    }

    @Test
    void a_setting_that_moves_states_does_so_at_the_next_run_and_one_that_does_not_says_where_the_state_stays() throws Exception {
        RunReport first = provisioned(StateBackendSetting.STORE);

        assertThat(provisioner(new StateBackendSetting(PLAIN, false)).provision(request(REQUEST), null).result().message())
                .isEqualTo("Nothing to change.");
        assertThat(notes).anyMatch(note -> note.startsWith("The state of deployment \"web\" stays in the state directory, where it is;"));
        assertThat(bucket.keys()).isEmpty();

        assertThat(provisioner(new StateBackendSetting(PLAIN, true)).provision(request(REQUEST), null).result().message())
                .isEqualTo("Nothing to change.");

        String key = "team/" + first.deployment().id() + "/terraform.tfstate";
        assertThat(notes).contains("The state of deployment \"web\" is now in s3://states/" + key + ".");
        assertThat(bucket.read(key)).contains(latest());
    }

    @Test
    void a_lock_of_somebody_else_is_told_before_anything_is_done() throws Exception {
        Deployment made = provisioned(new StateBackendSetting(PLAIN, false)).deployment();
        String key = "team/" + made.id() + "/terraform.tfstate";
        bucket.write(key + ".tflock",
                "{\"ID\":\"1234\",\"Operation\":\"OperationTypeApply\",\"Who\":\"bob@desk\",\"Created\":\"2026-11-25T21:00:00Z\"}"
                        .getBytes(UTF_8));

        RunReport report = provisioner(StateBackendSetting.STORE).destroy("web");

        assertThat(report.result().status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(report.result().message())
                .contains("is locked by bob@desk since 2026-11-25T21:00:00Z (apply), lock 1234. Wait for that to end.");
        assertThatThrownBy(() -> provisioner(StateBackendSetting.STORE).moveState("web", null))
                .hasMessageContaining("is locked by bob@desk");
        assertThat(store.s3(made)).isPresent();

        provisioner(StateBackendSetting.STORE).unlockState("web", "1234");
        assertThat(provisioner(StateBackendSetting.STORE).destroy("web").result().succeeded()).isTrue();
    }

    @Test
    void what_s3_did_not_take_is_kept_and_brought_there_by_the_next_run() throws Exception {
        AtomicBoolean removed = new AtomicBoolean();
        RunReport failed = provisioner(new StateBackendSetting(PLAIN, false), new RunObserver() {
            @Override
            public void event(Action action, Event event) {
                if (action == Action.APPLY && event instanceof Event.ApplyStart && removed.compareAndSet(false, true)) {
                    bucket.remove();
                }
            }
        }).provision(request(REQUEST + "onFailure: keep\n"), null);

        assertThat(failed.result().status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(new String(latest(), UTF_8)).as("what Terraform created is known").contains(onlyInstance());

        bucket.create();
        RunReport again = provisioner(StateBackendSetting.STORE).provision(request(REQUEST), null);

        assertThat(again.result().succeeded()).as(again.result().message()).isTrue();
        assertThat(notes).anyMatch(note -> note.contains(" was missing; the latest has been brought there."));
        assertThat(instances()).hasSize(1);
        assertThat(bucket.read("team/" + again.deployment().id() + "/terraform.tfstate")).contains(latest());
    }

    @Test
    void what_only_the_state_in_s3_knows_is_not_taken_for_left_over() throws Exception {
        RunReport made = provisioned(new StateBackendSetting(PLAIN, false));
        String instance = onlyInstance();
        // As a run leaves it that is killed after Terraform has written to S3, and before the store has its copy.
        for (StateVersions.Version version : store.states("web").list()) {
            Files.delete(version.file());
        }
        store.save(made.deployment().changedRun(made.run().id(), run -> run.given("as before")));

        RunReport again = provisioner(StateBackendSetting.STORE).provision(request(REQUEST), null);

        assertThat(again.result().succeeded()).as(again.result().message()).isTrue();
        assertThat(notes).anyMatch(note -> note.startsWith("Looking for what AWS created")).noneMatch(note -> note.startsWith("Removed"));
        assertThat(onlyInstance()).isEqualTo(instance);
    }

    @Test
    void a_version_that_is_brought_back_is_the_newest_in_s3_too() throws Exception {
        provisioned(new StateBackendSetting(PLAIN, false));
        int first = store.states("web").latest().orElseThrow().number();
        byte[] before = latest();
        provisioner(StateBackendSetting.STORE).provision(request(REQUEST + "tags: {CostCenter: \"4711\"}\n"), null);
        new StateRestoration(store, Duration.ofMinutes(1), "alice", Clock.systemUTC(), notes::add).of("web", first);

        assertThat(provisioner(StateBackendSetting.STORE).moveState("web", null)).isTrue();

        String key = "team/" + store.find("web").orElseThrow().id() + "/terraform.tfstate";
        assertThat(bucket.read(key)).contains(latest());
        assertThat(StateComparison.of(before, latest())).as("it has a serial above").isEqualTo(StateComparison.S3_IS_NEWER);
        assertThat(new String(latest(), UTF_8)).isEqualToNormalizingWhitespace(
                new String(before, UTF_8).replaceFirst("\"serial\": \\d+",
                        new String(latest(), UTF_8).replaceAll("(?s).*?(\"serial\": \\d+).*", "$1")));
    }

    @Test
    void a_state_of_other_resources_is_not_written_over() throws Exception {
        Deployment made = provisioned(StateBackendSetting.STORE).deployment();
        String key = "team/" + made.id() + "/terraform.tfstate";
        byte[] theirs = new String(latest(), UTF_8).replaceFirst("\"lineage\": \"[^\"]*\"", "\"lineage\": \"another\"").getBytes(UTF_8);
        bucket.write(key, theirs);

        assertThatThrownBy(() -> provisioner(StateBackendSetting.STORE).moveState("web", PLAIN))
                .hasMessageStartingWith(
                        "There is another state at s3://states/" + key + " than the deployment's, or a newer one: nothing was written");

        assertThat(bucket.read(key)).contains(theirs);
        assertThat(store.s3(made)).isEmpty();
    }

    /** Goes on from a deployment by the request, whose state is there. */
    private RunReport provisioned(StateBackendSetting state) throws Exception {
        Provisioned provisioned = Provisioned.by(REQUEST, state, moto -> StateBucket.make(moto, "states"));
        aws.close();
        aws = provisioned.copyTo(directory);
        bucket = StateBucket.make(aws, "states");
        return provisioned.report();
    }

    private void assertNothingToChange(String instance) throws Exception {
        RunReport again = provisioner(StateBackendSetting.STORE).provision(request(REQUEST), null);
        assertThat(again.result().message()).isEqualTo("Nothing to change.");
        assertThat(onlyInstance()).isEqualTo(instance);
    }

    private LocalEngine provisioner(StateBackendSetting state) {
        return provisioner(state, RunObserver.NONE);
    }

    private LocalEngine provisioner(StateBackendSetting state, RunObserver watcher) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice", state);
        RunObserver listener = new RunObserver() {
            @Override
            public void event(Action action, Event event) {
                watcher.event(action, event);
            }

            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, listener, Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private byte[] latest() throws Exception {
        StateVersions versions = store.states("web");
        return versions.read(versions.latest().orElseThrow());
    }

    private String onlyInstance() {
        assertThat(instances()).hasSize(1);
        return instances().get(0);
    }

    private List<String> instances() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeInstances().reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .filter(instance -> !instance.state().nameAsString().equals("terminated"))
                    .map(instance -> instance.instanceId())
                    .toList();
        }
    }
}
