package io.jenkins.plugins.ec2docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.blueprint.autoscaled.AutoscaledVariables;
import io.jenkins.plugins.ec2docker.blueprint.fargate.FargateVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.simulation.SimulatedGroup;
import io.jenkins.plugins.ec2docker.simulation.SimulatedService;
import io.jenkins.plugins.ec2docker.simulation.SimulatedTargets;
import io.jenkins.plugins.ec2docker.simulation.UpdateRules;
import io.jenkins.plugins.ec2docker.simulation.Version;
import io.jenkins.plugins.ec2docker.simulation.World;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.TerraformOutputs;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.verify.HealthCheck;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Updates of groups and services as their target group sees them, second by second and without a second of waiting: AWS's rules are simulated, the
 * figures are those of real plans of the shipped configurations, and the plugin's own verification watches.
 */
@ExtendWith(MotoExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@org.junit.jupiter.api.Tag("long")
class UpdateWithoutOutageTest {

    /** No environment. */
    private static final String NONE = "none";
    private static final List<String> ENVIRONMENTS = List.of(NONE, "development", "staging", "production");
    private static final String OLD = "arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:1";
    private static final String NEW = "arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:2";
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    /** AWS does not say when it gives a refresh up that gets nowhere. */
    private static final int SOON = 1200;
    private static final int LATE = 3600;

    /** By blueprint and environment. */
    private final Map<String, UpdateRules> planned = new TreeMap<>();
    private UpdateRules halfReplaced;
    private UpdateRules allAtOnce;
    private UpdateRules hurried;

    @BeforeAll
    void plan(@TempDir Path directory, Moto moto) throws Exception {
        BlueprintDirectory autoscaled =
                BlueprintDirectory.initialised("autoscaled", Files.createDirectory(directory.resolve("update-autoscaled")), moto);
        autoscaled.write(WorkspaceFiles.USER_DATA, "#!/bin/sh".getBytes(UTF_8));
        BlueprintDirectory fargate =
                BlueprintDirectory.initialised("fargate", Files.createDirectory(directory.resolve("update-fargate")), moto);
        for (String environment : ENVIRONMENTS) {
            planned.put("autoscaled " + environment, planned(autoscaled, request("autoscaled", environment, "")));
            planned.put("fargate " + environment, planned(fargate, request("fargate", environment, "")));
        }
        halfReplaced = planned(autoscaled, request("autoscaled", NONE, "scaling: {refreshHealthyPercentage: 50}\n"));
        hurried = planned(autoscaled, request("autoscaled", NONE, "scaling: {graceSeconds: 180, warmupSeconds: 240}\n"));
        allAtOnce = planned(autoscaled, request("autoscaled", NONE, "scaling: {refreshHealthyPercentage: 0}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, "development", "staging", "production"})
    void a_group_of_any_size_serves_through_an_update_to_a_good_version(String environment) throws Exception {
        UpdateRules rules = planned.get("autoscaled " + environment);
        for (int size = 1; size <= rules.group().max(); size++) {
            for (int boot : List.of(0, 90, 420)) {
                Play play = group(rules, environment, size, Version.good(boot), SOON);

                assertThat(play.least).as(size + " instances that boot in " + boot + " s").isEqualTo(size);
                assertThat(play.required).isEqualTo(size);
                assertThat(play.outcome).as(play.toString()).isEqualTo(Outcome.done());
                assertThat(play.servingAtVerdict).isEqualTo(size);
                assertThat(play.end).isEqualTo("Successful");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, "development", "staging", "production"})
    void a_service_of_any_size_serves_through_an_update_to_a_good_version(String environment) throws Exception {
        UpdateRules rules = planned.get("fargate " + environment);
        for (int size = 1; size <= rules.service().max(); size++) {
            for (int boot : List.of(0, 40)) {
                Play play = service(rules, environment, size, Version.good(boot));

                assertThat(play.least).as(size + " tasks that answer after " + boot + " s").isEqualTo(size);
                assertThat(play.required).isEqualTo(size);
                assertThat(play.outcome).as(play.toString()).isEqualTo(Outcome.done());
                assertThat(play.servingAtVerdict).isEqualTo(size);
                assertThat(play.end).isEqualTo(NEW);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, "development", "staging", "production"})
    void a_version_that_the_load_balancer_never_finds_healthy_is_rolled_back_while_the_instances_of_before_serve(String environment)
            throws Exception {
        UpdateRules rules = planned.get("autoscaled " + environment);
        for (int size = 1; size <= rules.group().max(); size++) {
            for (int patience : List.of(SOON, LATE)) {
                Play play = group(rules, environment, size, Version.neverHealthy(90), patience);

                assertThat(play.least).as(size + " instances").isEqualTo(size);
                assertThat(play.end).isEqualTo("RollbackSuccessful");
                assertThat(play.serving).isEqualTo(size);
                assertThat(play.outcome.ok()).isFalse();
                boolean alarmed = rules.alarm() != null && size > rules.alarm().threshold();
                if (alarmed || patience == SOON) {
                    assertThat(play.outcome.message())
                            .isEqualTo("The instance refresh of Auto Scaling group shop-0a1b2c3d ended as RollbackSuccessful: "
                                    + (alarmed ? "An alarm went off" : "Instances did not become healthy in time")
                                    + "; instances of before serve.");
                } else {
                    assertThat(play.outcome.message()).startsWith("Auto Scaling group shop-0a1b2c3d does not serve after 35 min: ")
                            .contains("the instance refresh is InProgress at 0 %");
                }
            }
        }
    }

    @Test
    void a_boot_that_fails_is_told_at_once_and_the_instances_of_before_serve_on() throws Exception {
        for (int size = 1; size <= 3; size++) {
            Play play = group(planned.get("autoscaled none"), NONE, size, Version.failing(60), SOON);

            assertThat(play.outcome.message()).matches("Instance i-\\d+ did not come up: container web exited with code 1\\.");
            assertThat(play.secondsToVerdict).isLessThan(200);
            assertThat(play.least).isEqualTo(size);
            assertThat(play.end).isEqualTo("RollbackSuccessful");
            assertThat(play.serving).isEqualTo(size);
        }
    }

    @Test
    void a_boot_that_says_nothing_is_given_up_by_the_hook_and_the_instances_of_before_serve_on() throws Exception {
        Play play = group(planned.get("autoscaled none"), NONE, 2, Version.silent(), LATE);

        assertThat(play.outcome.message())
                .startsWith("Auto Scaling group shop-0a1b2c3d does not serve after 35 min: 0 of 2 instances of launch template"
                        + " version 2 are in service, the instance refresh is InProgress at 0 %; 2 of ");
        assertThat(play.least).isEqualTo(2);
        assertThat(play.end).isEqualTo("RollbackSuccessful");
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, "development", "staging", "production"})
    void a_version_whose_tasks_do_not_come_up_is_taken_back_while_the_tasks_of_before_serve(String environment) throws Exception {
        UpdateRules rules = planned.get("fargate " + environment);
        for (int size = 1; size <= rules.service().max(); size++) {
            for (Version version : List.of(Version.neverHealthy(10), Version.failing(10))) {
                Play play = service(rules, environment, size, version);

                assertThat(play.least).as(size + " tasks").isEqualTo(size);
                assertThat(play.end).isEqualTo(OLD);
                assertThat(play.serving).isEqualTo(size);
                assertThat(play.outcome.message()).startsWith("ECS took the deployment of service containers back: ECS deployment ")
                        .endsWith(version.boot() == Version.Boot.FAILED
                                ? "; its last task ended: Essential container in task exited; container web ended with code 1."
                                : "; its last task ended: Task failed ELB health checks.");
            }
        }
    }

    @Test
    void with_half_of_a_group_to_be_kept_no_more_than_that_half_goes_but_one_instance_alone_does() throws Exception {
        assertThat(group(halfReplaced, NONE, 3, Version.good(90), SOON).least).isEqualTo(2);
        assertThat(group(halfReplaced, NONE, 2, Version.good(90), SOON).least).isEqualTo(1);
        assertThat(group(halfReplaced, NONE, 1, Version.good(90), SOON).least).isZero();
    }

    /** The simulation can find an outage: without this, none of the others would say anything. */
    @Test
    void with_nothing_to_be_kept_there_is_an_outage() throws Exception {
        Play instances = group(allAtOnce, NONE, 3, Version.good(90), SOON);
        UpdateRules tasks = planned.get("fargate production");

        assertThat(instances.required).isZero();
        assertThat(instances.least).isZero();
        assertThat(instances.secondsOfOutage).isGreaterThan(90);
        assertThat(instances.outcome).isEqualTo(Outcome.done());
        assertThat(service(tasks.with(tasks.service().healthy(0, 100)), "production", 3, Version.good(20)).least).isZero();
    }

    /** A group hears nothing of the load balancer in the grace period: after a warm-up that ends with it old instances go for new ones that serve nobody. */
    @Test
    void a_warm_up_that_is_over_before_the_load_balancer_is_asked_would_be_an_outage() throws Exception {
        UpdateRules rules = planned.get("autoscaled none");

        Play play = group(rules.with(rules.group().graceOf(rules.group().warmup())), NONE, 2, Version.neverHealthy(90), SOON);

        assertThat(play.least).isZero();
    }

    @Test
    void the_shortest_warm_up_that_the_configuration_takes_is_long_enough() throws Exception {
        assertThat(hurried.group().warmup()).isEqualTo(hurried.group().grace() + 60);
        for (int size = 1; size <= 3; size++) {
            assertThat(group(hurried, NONE, size, Version.neverHealthy(90), SOON).least).isEqualTo(size);
        }
    }

    @Test
    void plans_say_what_the_simulation_goes_by() {
        assertThat(planned.get("autoscaled production").group().minHealthy()).isEqualTo(100);
        assertThat(planned.get("autoscaled production").alarm()).isEqualTo(new UpdateRules.Alarm(2, 2, 60));
        assertThat(planned.get("autoscaled development").alarm()).isNull();
        assertThat(planned.get("fargate staging").service()).isEqualTo(new UpdateRules.Service(6, 100, 200, 60, true, true));
        assertThat(planned.get("fargate none").checks()).isEqualTo(new UpdateRules.Checks(30, 2, 3, 60));
    }

    /** What came of one update. */
    private static final class Play {
        private final int required;
        private int least = Integer.MAX_VALUE;
        private int secondsOfOutage;
        private int seconds;
        private Outcome outcome;
        private int secondsToVerdict;
        private int servingAtVerdict;
        private int serving;
        private String end;
        private final List<String> notes = new ArrayList<>();

        private Play(int required) {
            this.required = required;
        }

        private void tick(World world) {
            world.tick();
            seconds++;
            serving = world.serving();
            least = Math.min(least, serving);
            secondsOfOutage += serving == 0 ? 1 : 0;
        }

        private Instant now() {
            return Instant.EPOCH.plusSeconds(seconds);
        }

        @Override
        public String toString() {
            return outcome + " after " + secondsToVerdict + " s\n" + String.join("\n", notes);
        }
    }

    private Play group(UpdateRules rules, String environment, int size, Version update, int patience) throws Exception {
        SimulatedTargets targets = new SimulatedTargets(rules.checks());
        SimulatedGroup group = new SimulatedGroup(rules, targets, size, update, "r-2", patience);
        Play play = play(group, request("autoscaled", environment, ""), group, new Verification.Fleets(group, null, targets));
        play.end = group.status();
        return play;
    }

    private Play service(UpdateRules rules, String environment, int size, Version update) throws Exception {
        SimulatedTargets targets = new SimulatedTargets(rules.checks());
        SimulatedService service = new SimulatedService(rules, targets, size, update, OLD, NEW);
        Play play = play(service, request("fargate", environment, ""), null, new Verification.Fleets(null, service, targets));
        play.end = service.primary();
        return play;
    }

    /** Watches until the verdict, and then on until nothing changes any more. */
    private static Play play(World world, ProvisionRequest request, Instances instances, Verification.Fleets fleets) throws Exception {
        Play play = new Play(world.required());
        HealthCheck nobodyAsks = (url, limit) -> {
            throw new AssertionError("the requests have no health address");
        };
        Verification verification = new Verification(instances, fleets, nobodyAsks, play::now, play.notes::add);
        Deployment deployment = Deployment.begin("shop", "shop-0a1b2c3d", request.blueprint(), "eu-central-1", "alice", Instant.EPOCH);
        Optional<Outcome> outcome = verification.begin(outputs(), request, deployment, "r-2", "r-2", () -> KEYS);
        while (outcome.isEmpty()) {
            for (long left = Math.max(1, verification.pause().toSeconds()); left > 0; left--) {
                play.tick(world);
            }
            outcome = verification.look();
        }
        play.outcome = outcome.get();
        play.secondsToVerdict = play.seconds;
        play.servingAtVerdict = play.serving;
        while (!world.settled()) {
            play.tick(world);
            assertThat(play.seconds).as("the update comes to an end").isLessThan((int) Duration.ofHours(6).toSeconds());
        }
        return play;
    }

    private static UpdateRules planned(BlueprintDirectory blueprint, ProvisionRequest request) {
        blueprint.variables(request.blueprint().equals("autoscaled")
                ? AutoscaledVariables.of(request, "shop-0a1b2c3d", BlueprintSettings.DEFAULT)
                : FargateVariables.of(request, "shop-0a1b2c3d", BlueprintSettings.DEFAULT));
        return UpdateRules.of(blueprint.plannedJson());
    }

    private static ProvisionRequest request(String blueprint, String environment, String more) throws Exception {
        return RequestParser.parse(DocumentReader.read("name: shop\nblueprint: " + blueprint + "\nregion: eu-central-1\n"
                + (environment.equals(NONE) ? "" : "environment: " + environment + "\n")
                + (environment.equals(NONE) && blueprint.equals("autoscaled") ? "instanceType: t3.small\n" : "")
                + "containers: [{image: \"nginx:1.27\", ports: [\"8080:8080\"]}]\n" + more, DocumentReader.Format.YAML)).orElseThrow();
    }

    private static TerraformOutputs outputs() throws Exception {
        return TerraformOutputs.ofState(new ByteArrayInputStream("""
                {"outputs": {"autoscaling_group_name": {"value": "shop-0a1b2c3d"}, "launch_template_version": {"value": 2}, "target_group_arn": {"value": "arn:tg"},
                 "cluster_name": {"value": "shop-0a1b2c3d"}, "service_name": {"value": "containers"}, "task_definition_arn": {"value": "%s"},
                 "load_balancer_dns": {"value": "lb.example.com"}, "url": {"value": "http://lb.example.com/"}}}
                """.formatted(NEW).getBytes(UTF_8)));
    }
}
