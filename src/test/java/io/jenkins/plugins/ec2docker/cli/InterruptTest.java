package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;

/** Ctrl-C at every moment of a run that can be told apart: what was created is gone again, and the next run works. */
@Execution(ExecutionMode.CONCURRENT)
class InterruptTest {

    /** Of its own: these tests run beside other classes, which empty the shared one. */
    private static Moto aws;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        aws = Moto.start();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    /**
     * One run after another, each interrupted at a later moment than the one before it, so that it shows as well that nothing was in its way;
     * the last comes to its end.
     */
    @ParameterizedTest
    @MethodSource("moments")
    void an_interrupt_leaves_nothing_unknown_behind_and_the_next_run_works(List<String> moments) throws Exception {
        String name = "web-" + Integer.toHexString(moments.hashCode());
        for (String moment : moments) {
            leavesNothingUnknown(name, moment);
        }

        EngineProcess last = provision(name);
        assertThat(last.end()).as(last.said()).isZero();
        assertThat(instances(name)).hasSize(1);
    }

    /** Of one run after the other: each comes further than the one before it, and so shows that nothing was left in its way. */
    static List<List<String>> moments() {
        return List.of(
                List.of("Working as", "Plan: ", "aws_security_group.this[\"default\"]: creating", "egress_rule.ipv4[\"default\"]: created",
                        "aws_instance.this[*]: creating"),
                List.of("will be created", "aws_iam_role.this: creating", "aws_iam_role.this: created",
                        "aws_iam_instance_profile.this: created", "aws_instance.this[*]: created"));
    }

    private void leavesNothingUnknown(String name, String moment) throws Exception {
        EngineProcess engine = provision(name);
        assertThat(engine.says(moment)).as(engine.said()).isTrue();
        engine.interrupt();

        assertThat(engine.end()).as(engine.said()).isIn(130, moment.equals("aws_instance.this[*]: created") ? 0 : 130);

        if (engine.said().contains("Provisioned.")) {
            assertThat(instances(name)).hasSize(1);
        } else {
            assertThat(instances(name)).as(engine.said()).isEmpty();
            assertThat(roles(name)).as(engine.said()).isEmpty();
        }
        assertThat(EngineProcess.working(directory)).isEmpty();
    }

    @Test
    void what_a_killed_engine_left_at_work_is_taken_over() throws Exception {
        EngineProcess engine = provision("killed");
        assertThat(engine.says("aws_instance.this[*]: creating")).as(engine.said()).isTrue();
        engine.kill();

        EngineProcess second = provision("killed");

        assertThat(second.end()).as(second.said()).isZero();
        assertThat(second.said()).contains("never came to its end. What it left has been taken over: the state is kept.");
        assertThat(instances("killed")).hasSize(1);
        assertThat(EngineProcess.working(directory)).isEmpty();
    }

    @Test
    void a_deployment_that_is_being_worked_on_says_by_whom() throws Exception {
        EngineProcess engine = provision("busy");
        assertThat(engine.says("Working as")).as(engine.said()).isTrue();

        EngineProcess second = provision("busy");

        assertThat(second.end()).isEqualTo(1);
        assertThat(second.said()).contains("Deployment \"busy\" is being worked on by run ").contains("(provision) by ");
        engine.interrupt();
        engine.end();
    }

    private EngineProcess provision(String name) throws IOException {
        Path request = directory.resolve("request.yml");
        Files.writeString(
                request,
                """
                name: %s
                region: eu-central-1
                instanceType: t3.small
                containers: [{image: "nginx:1.27", ports: ["80:80"]}]
                """
                        .formatted(name));
        return EngineProcess.start(
                aws.environment(),
                "provision",
                request.toString(),
                "--state-dir",
                directory.resolve("state").toString(),
                "--max-retries",
                "5");
    }

    private static List<String> instances(String name) {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2
                    .describeInstances(r -> r.filters(
                            Filter.builder().name("tag:ec2-docker:name").values(name).build(),
                            Filter.builder().name("instance-state-name").values("pending", "running", "stopping", "stopped").build()))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(instance -> instance.instanceId())
                    .toList();
        }
    }

    private static List<String> roles(String name) {
        try (IamClient iam = aws.iam()) {
            return iam.listRoles(r -> r.pathPrefix("/ec2-docker/")).roles().stream()
                    .map(Role::roleName)
                    .filter(role -> role.startsWith(name + "-"))
                    .toList();
        }
    }
}
