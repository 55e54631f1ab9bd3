package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.local.Provisioned;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** An update that is stopped or killed while two instances run: whatever comes next ends with what it is for, and nothing unknown is left. */
@Execution(ExecutionMode.CONCURRENT)
class UpdateInterruptTest {

    /** Nothing answers on an instance of moto, so that an update by this stays between its two steps. */
    private static final String WAITING = "1.28";
    private static final String BETWEEN = "Waiting for ";

    @TempDir
    Path directory;

    private Moto aws;
    /** The instance that serves before the update. */
    private String old;

    @BeforeEach
    void provision_once() throws Exception {
        Provisioned provisioned = Provisioned.by(request("1.27"));
        aws = provisioned.copyTo(directory.resolve("state"));
        old = provisioned.report().deployment().outputs().get("instance_id").asText();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void an_interrupt_between_the_steps_goes_back_to_the_old_instance() throws Exception {
        EngineProcess update = provision(WAITING);
        assertThat(update.says(BETWEEN)).as(update.said()).isTrue();
        assertThat(instances()).hasSize(2).contains(old);
        update.interrupt();

        assertThat(update.end()).as(update.said()).isEqualTo(130);
        assertThat(update.said()).contains("The new instance was removed again; the one before it serves as it did.");
        assertThat(instances()).containsExactly(old);
    }

    @Test
    void after_a_kill_between_the_steps_the_same_request_that_was_there_before_takes_the_new_instance_away() throws Exception {
        killBetween();

        EngineProcess back = provision("1.27");

        assertThat(back.end()).as(back.said()).isZero();
        assertThat(instances()).containsExactly(old);
    }

    @Test
    void after_a_kill_between_the_steps_another_request_ends_with_its_own_instance_alone() throws Exception {
        List<String> both = killBetween();

        EngineProcess third = provision("1.29");

        assertThat(third.end()).as(third.said()).isZero();
        assertThat(third.said()).contains("has taken over from the one before it");
        assertThat(instances()).hasSize(1).doesNotContainAnyElementsOf(both).doesNotContain(old);
    }

    @Test
    void after_a_kill_between_the_steps_a_destruction_leaves_neither_instance() throws Exception {
        killBetween();

        EngineProcess destruction = engine("destroy", "web");

        assertThat(destruction.end()).as(destruction.said()).isZero();
        assertThat(instances()).isEmpty();
    }

    @Test
    void after_a_kill_while_the_old_instance_goes_the_same_request_again_ends_with_the_new_one() throws Exception {
        EngineProcess update = provision("1.29");
        assertThat(update.says("aws_instance.this[*]: destroying")).as(update.said()).isTrue();
        update.kill();

        EngineProcess again = provision("1.29");

        assertThat(again.end()).as(again.said()).isZero();
        assertThat(instances()).hasSize(1).doesNotContain(old);
        assertThat(EngineProcess.working(directory)).isEmpty();
    }

    private List<String> killBetween() throws Exception {
        EngineProcess update = provision(WAITING);
        assertThat(update.says(BETWEEN)).as(update.said()).isTrue();
        update.kill();
        List<String> both = instances();
        assertThat(both).hasSize(2);
        return both;
    }

    private static String request(String version) {
        return """
                name: web
                region: eu-central-1
                instanceType: t3.small
                containers: [{image: "nginx:%s", ports: ["80:80"]}]
                %s
                """
                .formatted(version, version.equals(WAITING) ? "health: {port: 80, timeout: 1h}" : "");
    }

    private EngineProcess provision(String version) throws IOException {
        return engine("provision", Files.writeString(directory.resolve("request.yml"), request(version)).toString());
    }

    private EngineProcess engine(String command, String what) throws IOException {
        return EngineProcess.start(
                aws.environment(), command, what, "--state-dir", directory.resolve("state").toString(), "--max-retries", "5");
    }

    private List<String> instances() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2
                    .describeInstances(r -> r.filters(
                            Filter.builder().name("instance-state-name").values("pending", "running", "stopping", "stopped").build()))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(instance -> instance.instanceId())
                    .toList();
        }
    }
}
