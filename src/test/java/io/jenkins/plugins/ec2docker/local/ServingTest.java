package io.jenkins.plugins.ec2docker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.bootstrap.BootedInstances;
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
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Green means serving, with real Terraform, the real AWS provider and instances whose user data is really executed: what turns a run green, and
 * what becomes of one that does not.
 */
@Execution(ExecutionMode.CONCURRENT)
class ServingTest {

    private static final String BROKEN = "shop:broken";

    /** Of its own: these tests run beside other classes, which empty the shared one. */
    private static Moto aws;

    private static BootedInstances booter;

    @TempDir
    Path directory;

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final LeapingClock clock = new LeapingClock();
    private Consumer<String> onInstance = id -> {};
    private Consumer<String> onNote = note -> {};

    @BeforeAll
    static void start(@TempDir Path boxes) throws Exception {
        aws = Moto.start();
        booter = new BootedInstances(boxes).broken(BROKEN, "Loading configuration\nError: DATABASE_URL is not set\n");
        aws.bootedBy(booter.address());
    }

    @AfterAll
    static void stop() {
        if (booter != null) {
            booter.close();
        }
        aws.close();
    }

    @Test
    void a_good_image_turns_green_once_it_answers_and_stays_so_when_the_console_is_lost() throws Exception {
        RunReport report = provision("good", "nginx:1.27", "");

        assertThat(report.result()).as(notes.toString()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true));
        String url = report.deployment().outputs().get("url").asText();
        assertThat(report.run().record(Action.VERIFY).orElseThrow().outcome().message()).isEqualTo(url + " answers.");
        assertThat(notes).contains(url + " answers HTTP 200.");
        String console = console("good");
        assertThat(console).contains("ec2-docker: pulling images").endsWith("ec2-docker: ready (run " + report.run().id() + ")\n");

        aws.console(instances("good").get(0), "[    0.000000] Linux, started again\n");

        RunReport again = provision("good", "nginx:1.27", "");

        assertThat(again.result().message()).as(notes.toString()).isEqualTo("Nothing to change.");
    }

    @Test
    void a_bad_image_fails_the_run_with_the_container_and_its_last_words_and_is_destroyed() throws Exception {
        RunReport report = provision("bad", BROKEN, "");

        assertThat(report.result().status()).as(notes.toString()).isEqualTo(RunResult.Status.FAILED);
        assertThat(report.result().message())
                .matches("Instance i-[0-9a-f]+ did not come up: container web restarted 10 times, last with code 1\\."
                        + " What had been created was destroyed again\\.");
        assertThat(notes).containsSubsequence(
                "ec2-docker: container web is restarting, exit code 1, restarts 10, health none",
                "ec2-docker: web| Loading configuration",
                "ec2-docker: web| Error: DATABASE_URL is not set");
        assertThat(instances("bad")).isEmpty();
        assertThat(report.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
    }

    @Test
    void a_bad_image_is_kept_where_the_request_says_so_and_asked_again_it_fails_again() throws Exception {
        RunReport report = provision("kept", BROKEN, "onFailure: keep\n");

        assertThat(report.result().message()).contains("container web restarted 10 times")
                .endsWith("What was created is kept, as onFailure: keep asks: destroy the deployment when it is no longer needed.");
        assertThat(instances("kept")).hasSize(1);
        assertThat(report.deployment().status()).isEqualTo(Deployment.Status.INCOMPLETE);

        RunReport again = provision("kept", BROKEN, "onFailure: keep\n");

        assertThat(again.run().record(Action.APPLY)).isEmpty();
        assertThat(again.result().message()).contains("container web restarted 10 times").contains("A boot is not repeated");
    }

    @Test
    void an_instance_that_aws_terminates_while_it_boots_ends_the_wait() throws Exception {
        onInstance = id -> aws.take(id, "Server.SpotInstanceTermination: Spot instance termination");

        RunReport report = provision("taken", "nginx:1.27", "");

        assertThat(report.result().message()).as(notes.toString())
                .contains(" is terminated instead of running: Server.SpotInstanceTermination: Spot instance termination.");
        assertThat(report.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
    }

    @Test
    void an_impaired_instance_is_given_up_when_its_time_is_over() throws Exception {
        onInstance = id -> aws.checks(id, "impaired");
        onNote = note -> {
            if (note.contains("instance impaired")) {
                clock.leap(Duration.ofMinutes(21));
            }
        };

        RunReport report = provision("impaired", "nginx:1.27", "");

        assertThat(report.result().message()).as(notes.toString()).contains(" does not serve after ")
                .contains("EC2's status checks are: instance impaired, system ok");
        assertThat(instances("impaired")).isEmpty();
    }

    private RunReport provision(String name, String image, String more) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        environment.putAll(booter.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5, Duration.ofMinutes(1), "alice");
        RunObserver listener = new RunObserver() {
            @Override
            public void event(Action action, Event event) {
                // Terraform is still at work, so that the wait for the instance has not begun.
                if (event instanceof Event.ApplyComplete done && done.address().startsWith("aws_instance.this[") && done.id() != null) {
                    onInstance.accept(done.id());
                }
            }

            @Override
            public void note(String sentence) {
                notes.add(sentence);
                onNote.accept(sentence);
            }
        };
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, listener, clock)
                .provision(request(name, image, more), null);
    }

    private static ProvisionRequest request(String name, String image, String more) throws Exception {
        int port = booter.port();
        String yaml = """
                name: %s
                region: eu-central-1
                instanceType: t3.small
                containers: [{name: web, image: "%s", ports: ["%s:80"]}]
                health: {port: %s, path: /up, timeout: 5m}
                """.formatted(name, image, port, port) + more;
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private static String console(String name) {
        try (Ec2Client ec2 = aws.ec2()) {
            String output = ec2.getConsoleOutput(r -> r.instanceId(instances(name).get(0))).output();
            return new String(java.util.Base64.getDecoder().decode(output), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static List<String> instances(String name) {
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

    /** The machine's time and what a test has let pass in no time. */
    private static final class LeapingClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void leap(Duration duration) {
            ahead = ahead.plus(duration);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
