package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.bootstrap.BootedInstances;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * An engine that is killed while an instance is being redeployed: the command goes on there, and whatever run comes next has the last word.
 */
@Execution(ExecutionMode.CONCURRENT)
@org.junit.jupiter.api.Tag("long")
class RedeployKillTest {

    private static final String UP = "docker compose --project-name app --project-directory /opt/app --file /opt/app/docker-compose.yml up";
    private static Moto aws;
    private static BootedInstances booter;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(@TempDir Path boxes) throws Exception {
        aws = Moto.start();
        booter = new BootedInstances(boxes);
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
    void the_same_request_again_stops_the_command_and_redeploys() throws Exception {
        String instance = provisioned("again");
        try (OutputStream held = killWhilePulling("again", instance)) {
            EngineProcess again = provision("again", "1.28");

            assertThat(again.end()).as(again.said()).isZero();
        }
        assertThat(instances("again")).containsExactly(instance);
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.28\n");
        // At its boot and by the second run alone.
        assertThat(booter.calls(instance, UP)).hasSize(2);
        EngineProcess third = provision("again", "1.28");
        assertThat(third.end()).as(third.said()).isZero();
        assertThat(third.said()).contains("Nothing to change.");
    }

    @Test
    void the_request_of_before_makes_sure_of_what_runs_although_nothing_has_changed() throws Exception {
        String instance = provisioned("back");
        try (OutputStream held = killWhilePulling("back", instance)) {
            EngineProcess back = provision("back", "1.27");

            assertThat(back.end()).as(back.said()).isZero();
            assertThat(back.said()).contains("Redeployed: ");
        }
        assertThat(instances("back")).containsExactly(instance);
        assertThat(booter.running(instance)).isEqualTo("web nginx:1.27\n");
    }

    @Test
    void where_the_instance_cannot_be_asked_any_more_another_one_takes_over_though_nothing_has_changed() throws Exception {
        String instance = provisioned("lost");
        try (OutputStream held = killWhilePulling("lost", instance)) {
            aws.ping(instance, "ConnectionLost");

            EngineProcess lost = provision("lost", "1.27");

            assertThat(lost.end()).as(lost.said()).isZero();
            assertThat(lost.said()).contains("ConnectionLost.").contains("has taken over from the one before it");
        }
        assertThat(instances("lost")).hasSize(1).doesNotContain(instance);
    }

    private String provisioned(String name) throws Exception {
        EngineProcess first = provision(name, "1.27");
        assertThat(first.end()).as(first.said()).isZero();
        return instances(name).get(0);
    }

    /** @return what keeps the command of the killed run from going on */
    private OutputStream killWhilePulling(String name, String instance) throws Exception {
        Path gate = booter.holdPulls(instance);
        EngineProcess update = provision(name, "1.28");
        // Opens once the pull is there to read.
        OutputStream held = Files.newOutputStream(gate);
        Files.delete(gate);
        update.kill();
        return held;
    }

    private EngineProcess provision(String name, String version) throws Exception {
        Path request = directory.resolve("request.yml");
        Files.writeString(
                request,
                """
                name: %s
                region: eu-central-1
                instanceType: t3.small
                containers: [{name: web, image: "nginx:%s", ports: ["%s:80"]}]
                onImageChange: redeploy
                """
                        .formatted(name, version, booter.port()));
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.putAll(booter.environment());
        return EngineProcess.start(environment, "provision", request.toString(), "--state-dir", directory.resolve("state").toString(),
                "--max-retries", "5");
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
}
