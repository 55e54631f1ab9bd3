package io.jenkins.plugins.ec2docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup.Member;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup.Refresh;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.clients.ConsoleOutput;
import io.jenkins.plugins.ec2docker.aws.clients.EcsService;
import io.jenkins.plugins.ec2docker.aws.clients.EcsServices;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.clients.StatusChecks;
import io.jenkins.plugins.ec2docker.aws.clients.TargetHealth;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.terraform.documents.TerraformOutputs;
import io.jenkins.plugins.ec2docker.verify.HealthCheck;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The wait for a group or a service whose whole future is written down by seconds, and a clock that moves by nothing but the pauses. No emulator
 * can be led through these orders of events.
 */
class FleetVerificationTest implements AutoScalingGroups, EcsServices, Instances, HealthCheck {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final String NEW = "arn:aws:ecs:eu-central-1:123456789012:task-definition/api:2";
    private static final String OLD = "arn:aws:ecs:eu-central-1:123456789012:task-definition/api:1";

    private final TreeMap<Integer, AutoScalingGroup> groups = new TreeMap<>();
    private final TreeMap<Integer, Refresh> refreshes = new TreeMap<>();
    private final TreeMap<Integer, EcsService> services = new TreeMap<>();
    private final TreeMap<Integer, List<TargetHealth>> targets = new TreeMap<>();
    private final TreeMap<Integer, Boolean> answers = new TreeMap<>(Map.of(0, true));
    private final List<String> notes = new ArrayList<>();
    private final List<URI> asked = new ArrayList<>();
    private String console = "";
    private String failure;
    private List<String> ends = List.of();
    private final List<String> deregistered = new ArrayList<>();
    private boolean deniesDeregistration;
    private Instant now = START;

    @Test
    void a_group_serves_once_its_refresh_is_over_and_all_targets_are_healthy() throws Exception {
        groups.put(0, group(2, old("i-1"), old("i-2")));
        groups.put(60, group(2, old("i-1"), old("i-2"), current("i-3", "Pending:Wait")));
        groups.put(300, group(2, current("i-3", "InService"), current("i-4", "InService")));
        refreshes.put(0, new Refresh("InProgress", 0, ""));
        refreshes.put(600, new Refresh("Successful", 100, ""));
        targets.put(0, List.of(healthy("i-1"), healthy("i-2")));
        targets.put(300, List.of(healthy("i-3"), new TargetHealth("i-4:8080", "initial", "Target registration is in progress"),
                new TargetHealth("i-1:8080", "draining", "")));
        targets.put(500, List.of(healthy("i-3"), healthy("i-4")));

        Outcome outcome = verify("autoscaled", "");

        assertThat(outcome).isEqualTo(Outcome.done());
        assertThat(seconds()).isBetween(600L, 620L);
        assertThat(notes).contains("Waiting for Auto Scaling group shop-1 and the health of its targets, at most 35 min.",
                "2 of 2 instances of launch template version 2 are in service, the instance refresh is InProgress at 0 %; 1 of 2 targets are healthy,"
                        + " i-4:8080 is initial (Target registration is in progress).");
    }

    @Test
    void a_refresh_that_aws_took_back_ends_the_wait_with_its_reason() throws Exception {
        groups.put(0, group(1, old("i-1")));
        refreshes.put(0, new Refresh("RollbackInProgress", 50, ""));
        refreshes.put(100, new Refresh("RollbackSuccessful", 100, "Alarm errors went off."));
        targets.put(0, List.of(healthy("i-1")));

        assertThat(verify("autoscaled", "").message())
                .isEqualTo("The instance refresh of Auto Scaling group shop-1 ended as RollbackSuccessful:"
                        + " Alarm errors went off; instances of before serve.");
    }

    @Test
    void a_refresh_that_failed_long_ago_says_nothing_of_instances_that_are_all_of_the_present_template() throws Exception {
        groups.put(0, group(1, current("i-1", "InService")));
        refreshes.put(0, new Refresh("Failed", 0, "of another time"));
        targets.put(0, List.of(healthy("i-1")));

        assertThat(verify("autoscaled", "").ok()).isTrue();
    }

    @Test
    void a_boot_that_fails_ends_the_wait_with_the_console_s_words() throws Exception {
        groups.put(0, group(1, current("i-1", "Pending:Wait")));
        targets.put(0, List.of());
        console = "ec2-docker: started (run r-2)\nec2-docker: failed: container web exited with code 1 (run r-2)\n";

        assertThat(verify("autoscaled", "").message()).isEqualTo("Instance i-1 did not come up: container web exited with code 1.");
    }

    @Test
    void a_boot_that_failed_is_known_though_the_group_has_replaced_its_instance_already() throws Exception {
        groups.put(0, group(1, current("i-1", "Terminating:Wait")));
        targets.put(0, List.of());
        console = "ec2-docker: failed: container web exited with code 1 (run r-2)\n";

        assertThat(verify("autoscaled", "").message()).isEqualTo("Instance i-1 did not come up: container web exited with code 1.");
    }

    @Test
    void what_keeps_a_group_from_launching_is_told_when_the_time_is_over() throws Exception {
        groups.put(0, group(1));
        targets.put(0, List.of());
        failure = "We currently do not have sufficient t3.small capacity.";

        Outcome outcome = verify("autoscaled", "");

        assertThat(outcome.message())
                .isEqualTo("Auto Scaling group shop-1 does not serve after 35 min: 0 of 1 instances of launch template version 2 are"
                        + " in service: We currently do not have sufficient t3.small capacity; 0 of 1 targets are healthy.");
        assertThat(seconds()).isEqualTo(35 * 60);
    }

    @Test
    void a_group_that_is_to_have_nobody_at_night_is_not_waited_for() throws Exception {
        groups.put(0, group(0));
        targets.put(0, List.of());

        assertThat(verify("autoscaled", "health: {port: 8080}\n"))
                .isEqualTo(Outcome.done("Auto Scaling group shop-1 is to run nothing at the moment, as its scaling has it."));
        assertThat(asked).isEmpty();
    }

    @Test
    void the_service_is_asked_at_the_load_balancer_after_all_that() throws Exception {
        services.put(0, service(new EcsService.Deployment(NEW, true, 2, 2, "COMPLETED", "")));
        targets.put(0, List.of(healthy("10.0.64.4"), healthy("10.0.64.5")));
        answers.put(0, false);
        answers.put(20, true);

        Outcome outcome = verify("fargate", "health: {port: 8080, path: /health}\nloadBalancer: {httpPort: 8000}\n");

        assertThat(outcome).isEqualTo(Outcome.done("http://lb.example.com:8000/health answers."));
        assertThat(seconds()).isBetween(20L, 30L);
    }

    @Test
    void a_service_is_waited_for_until_the_tasks_of_before_have_ended() throws Exception {
        services.put(0, service(new EcsService.Deployment(NEW, true, 0, 2, "IN_PROGRESS", ""),
                new EcsService.Deployment(OLD, false, 2, 2, "COMPLETED", "")));
        services.put(90, service(new EcsService.Deployment(NEW, true, 2, 2, "COMPLETED", "")));
        targets.put(0, List.of(healthy("10.0.64.4"), healthy("10.0.64.5")));
        ends = List.of("Essential container in task exited; container api ended with code 1");

        assertThat(verify("fargate", "").ok()).isTrue();
        assertThat(deregistered).containsExactly("all of api but " + NEW);
        assertThat(notes).contains("A task of api ended: Essential container in task exited; container api ended with code 1.",
                "0 of 2 tasks of api:2 run, the deployment is IN_PROGRESS, tasks of before have not all ended; 2 of 2 targets are healthy.");
    }

    @Test
    void tasks_that_serve_are_a_success_though_the_revision_of_before_may_not_be_deregistered() throws Exception {
        services.put(0, service(new EcsService.Deployment(NEW, true, 1, 1, "COMPLETED", "")));
        targets.put(0, List.of(healthy("10.0.64.4")));
        deniesDeregistration = true;

        assertThat(verify("fargate", "").ok()).isTrue();
        assertThat(notes).last().isEqualTo("What ECS service api ran before could not be cleared away; the next update tries again:"
                + " You may not call ecs:DeregisterTaskDefinition.");
    }

    @Test
    void a_deployment_that_ecs_took_back_ends_the_wait_with_what_it_says_and_how_the_last_task_ended() throws Exception {
        services.put(0, service(new EcsService.Deployment(OLD, true, 2, 2, "IN_PROGRESS", ""),
                new EcsService.Deployment(NEW, false, 0, 0, "FAILED", "ECS deployment circuit breaker: tasks failed to start.")));
        ends = List.of("CannotPullContainerError: not found", "earlier");

        assertThat(verify("fargate", "").message())
                .isEqualTo("ECS took the deployment of service api back: ECS deployment circuit breaker: tasks failed to"
                        + " start; its last task ended: CannotPullContainerError: not found.");
        assertThat(deregistered).isEmpty();
    }

    @Test
    void a_service_that_aws_does_not_know_ends_the_wait() throws Exception {
        services.put(0, new EcsService(List.of()));

        assertThat(verify("fargate", "").message())
                .isEqualTo("AWS does not know ECS service api of cluster shop-1, which the state names.");
    }

    private Outcome verify(String blueprint, String more) throws Exception {
        ProvisionRequest request = RequestParser.parse(DocumentReader.read(
                "name: shop\nblueprint: " + blueprint + "\nregion: eu-central-1\n"
                        + (blueprint.equals("autoscaled") ? "instanceType: t3.small\n" : "")
                        + "containers: [{image: nginx, ports: [\"8080:8080\"]}]\n" + more,
                DocumentReader.Format.YAML)).orElseThrow();
        TerraformOutputs told = TerraformOutputs.ofState(new ByteArrayInputStream("""
                {"outputs": {"autoscaling_group_name": {"value": "shop-1"}, "launch_template_version": {"value": 2}, "target_group_arn": {"value": "arn:tg"},
                 "cluster_name": {"value": "shop-1"}, "service_name": {"value": "api"}, "task_definition_arn": {"value": "%s"},
                 "load_balancer_dns": {"value": "lb.example.com"}, "url": {"value": "http://lb.example.com/"}}}
                """.formatted(NEW).getBytes(UTF_8)));
        Verification verification = new Verification(this, new Verification.Fleets(this, this, (keys, arn) -> at(targets)),
                this, () -> now, notes::add);
        Deployment deployment = Deployment.begin("shop", "shop-1", blueprint, "eu-central-1", "alice", START);
        Optional<Outcome> outcome = verification.begin(told, request, deployment, "r-2", "r-2", () -> KEYS);
        while (outcome.isEmpty()) {
            Duration pause = verification.pause();
            assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(15));
            now = now.plus(pause.isZero() ? Duration.ofMillis(1) : pause);
            outcome = verification.look();
        }
        return outcome.get();
    }

    private long seconds() {
        return Duration.between(START, now).toSeconds();
    }

    private <T> T at(TreeMap<Integer, T> future) {
        return future.floorEntry((int) seconds()).getValue();
    }

    private static AutoScalingGroup group(int desired, Member... members) {
        return new AutoScalingGroup(desired, List.of(members));
    }

    private static Member old(String id) {
        return new Member(id, "InService", "Healthy", "1");
    }

    private static Member current(String id, String lifecycle) {
        return new Member(id, lifecycle, "Healthy", "2");
    }

    private static EcsService service(EcsService.Deployment... deployments) {
        return new EcsService(List.of(deployments));
    }

    private static TargetHealth healthy(String id) {
        return new TargetHealth(id + ":8080", "healthy", "");
    }

    @Override
    public Optional<AutoScalingGroup> group(SessionCredentials credentials, String name) {
        return Optional.of(at(groups));
    }

    @Override
    public Optional<Refresh> latestRefresh(SessionCredentials credentials, String name) {
        return refreshes.isEmpty() ? Optional.empty() : Optional.of(at(refreshes));
    }

    @Override
    public Optional<String> latestFailure(SessionCredentials credentials, String name) {
        return Optional.ofNullable(failure);
    }

    @Override
    public Optional<EcsService> service(SessionCredentials credentials, String cluster, String service) {
        return Optional.of(at(services));
    }

    @Override
    public List<String> ends(SessionCredentials credentials, String cluster, String service, String taskDefinition) {
        return taskDefinition.equals(NEW) ? ends : List.of();
    }

    @Override
    public void deregister(SessionCredentials credentials, String family, String kept) throws AwsException {
        deregistered.add("all of " + family + " but " + kept);
        if (deniesDeregistration) {
            throw new AwsException(AwsException.Reason.NOT_ALLOWED, "You may not call ecs:DeregisterTaskDefinition.", null);
        }
    }

    @Override
    public Reading look(URI url, Duration limit) {
        asked.add(url);
        return new Reading(at(answers), url + " is looked at.");
    }

    @Override
    public Optional<StatusChecks> status(SessionCredentials credentials, String instanceId) throws AwsException {
        return Optional.empty();
    }

    @Override
    public Optional<InstanceDescription> describe(SessionCredentials credentials, String instanceId) {
        return Optional.empty();
    }

    @Override
    public Optional<ConsoleOutput> latestConsole(SessionCredentials credentials, String instanceId) {
        return Optional.of(new ConsoleOutput(console, now, true));
    }
}
