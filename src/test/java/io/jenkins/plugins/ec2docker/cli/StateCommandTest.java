package io.jenkins.plugins.ec2docker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.StateBucket;
import io.jenkins.plugins.ec2docker.testing.WorkingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** States in S3 as a person at the command line has them, with runs that are interrupted or killed. */
@Execution(ExecutionMode.CONCURRENT)
class StateCommandTest {

    private static final String BACKEND = "s3://states/cli?region=" + StateBucket.REGION;

    /** Of its own: these tests run beside other classes, which empty the shared one. */
    private static Moto aws;

    private static StateBucket bucket;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        aws = Moto.start();
        bucket = StateBucket.make(aws, "states");
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void an_interrupted_apply_leaves_its_state_in_s3_and_in_the_state_directory_and_no_lock() throws Exception {
        EngineProcess engine = provision("halted");
        assertThat(engine.says("aws_instance.this[*]: creating")).as(engine.said()).isTrue();
        engine.interrupt();

        assertThat(engine.end()).as(engine.said()).isEqualTo(130);
        assertKnownInBothPlaces("halted");

        EngineProcess migrate = engine("state", "migrate", "halted", "--to", "directory");
        assertThat(migrate.end()).as(migrate.said()).isZero();
        assertThat(migrate.said()).contains("The state of deployment \"halted\" is now here alone; what is at s3://states/cli/halted-");
        EngineProcess destroy = engine("destroy", "halted");
        assertThat(destroy.end()).as(destroy.said()).isZero();
        assertThat(instances("halted")).isEmpty();
    }

    @Test
    void what_a_killed_engine_left_at_work_is_taken_over_from_s3() throws Exception {
        EngineProcess engine = provision("killed");
        assertThat(engine.says("aws_instance.this[*]: creating")).as(engine.said()).isTrue();
        engine.kill();

        EngineProcess second = provision("killed");

        assertThat(second.end()).as(second.said()).isZero();
        assertThat(second.said()).doesNotContain("configured the backend");
        assertThat(instances("killed")).hasSize(1);
        assertKnownInBothPlaces("killed");
        assertThat(EngineProcess.working(directory)).isEmpty();
    }

    @Test
    void the_lock_of_a_killed_terraform_is_given_free_for_it_is_known_to_be_dead() throws Exception {
        EngineProcess engine = provision("beheaded");
        assertThat(engine.says("aws_instance.this[*]: creating")).as(engine.said()).isTrue();
        killTerraform();

        assertThat(engine.end()).as(engine.said()).isEqualTo(1);
        assertThat(engine.said()).contains("was killed and left its lock on s3://states/cli/beheaded-", "which has been given free.");
        EngineProcess second = provision("beheaded");
        assertThat(second.end()).as(second.said()).isZero();
        assertThat(instances("beheaded")).hasSize(1);
        assertKnownInBothPlaces("beheaded");
    }

    @Test
    void the_lock_of_a_terraform_that_was_killed_with_its_engine_is_given_free_by_the_next_run() throws Exception {
        EngineProcess engine = provision("slain");
        assertThat(engine.says("aws_instance.this[*]: creating")).as(engine.said()).isTrue();
        EngineProcess.killAllWorking(directory);
        engine.kill();
        assertThat(bucket.keys()).anyMatch(key -> key.startsWith("cli/slain-") && key.endsWith(".tflock"));

        EngineProcess second = provision("slain");

        assertThat(second.end()).as(second.said()).isZero();
        assertThat(second.said()).contains("was killed and left its lock on s3://states/cli/slain-");
        assertThat(instances("slain")).hasSize(1);
        assertKnownInBothPlaces("slain");
    }

    @Test
    void what_is_typed_wrongly_is_a_sentence() throws Exception {
        EngineProcess none = engine("state", "migrate", "nobody", "--to", "directory");
        assertThat(none.end()).isEqualTo(2);
        assertThat(none.said()).contains("There is no deployment \"nobody\"");

        EngineProcess wrong = engine("state", "migrate", "web", "--to", "s3://states");
        assertThat(wrong.end()).isEqualTo(2);
        assertThat(wrong.said())
                .isEqualTo("ec2-docker: The state backend's region is missing; it is the region of the bucket, such as eu-central-1.");
    }

    private void killTerraform() {
        List<WorkingProcess> terraform = WorkingProcess.in(directory).stream()
                .filter(process -> process.role() == WorkingProcess.Role.TERRAFORM)
                .toList();
        assertThat(terraform).hasSize(1);
        ProcessHandle.of(terraform.get(0).pid()).orElseThrow().destroyForcibly();
    }

    private void assertKnownInBothPlaces(String name) throws IOException {
        List<String> keys = bucket.keys().stream().filter(key -> key.startsWith("cli/" + name + "-")).toList();
        assertThat(keys).as("the state, and no lock").hasSize(1);
        byte[] there = bucket.read(keys.get(0)).orElseThrow();
        String known = new String(there, UTF_8);
        assertThat(known).contains("aws_security_group");
        // Whether AWS had started one by the moment of the interrupt is its own affair.
        assertThat(instances(name)).allSatisfy(instance -> assertThat(known).contains(instance));
        try (Stream<Path> versions = Files.list(directory.resolve("state").resolve(name).resolve("states"))) {
            assertThat(versions.max(Comparator.naturalOrder()).orElseThrow()).hasBinaryContent(there);
        }
    }

    private EngineProcess provision(String name) throws IOException {
        Path request = directory.resolve("request.yml");
        Files.writeString(
                request,
                """
                name: %s
                region: eu-central-1
                instanceType: t3.small
                onFailure: keep
                containers: [{image: "nginx:1.27", ports: ["80:80"]}]
                """
                        .formatted(name));
        return engine("provision", request.toString(), "--max-retries", "5", "--state-backend", BACKEND);
    }

    private EngineProcess engine(String... arguments) throws IOException {
        return EngineProcess.start(
                aws.environment(), Stream.concat(Stream.of(arguments), Stream.of("--state-dir", directory.resolve("state").toString()))
                        .toArray(String[]::new));
    }

    private static List<String> instances(String name) {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeInstances(r -> r.filters(Filter.builder().name("tag:ec2-docker:name").values(name).build())).reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .filter(instance -> !instance.state().nameAsString().equals("terminated"))
                    .map(instance -> instance.instanceId())
                    .toList();
        }
    }
}
