package io.jenkins.plugins.ec2docker.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The figures by which AWS updates a group or a service, as a plan's JSON ({@code terraform show -json}) has them.
 *
 * @param group null for a service
 * @param service null for a group
 * @param alarm the one of those that take an update back which follows from the health of targets; null without monitoring
 */
public record UpdateRules(Checks checks, Group group, Service service, Alarm alarm) {

    /**
     * Health checks of the target group.
     *
     * @param interval in seconds
     * @param deregistrationDelay in seconds
     */
    public record Checks(int interval, int healthyThreshold, int unhealthyThreshold, int deregistrationDelay) {}

    /**
     * An Auto Scaling group with its instance refresh and its hook at launch; times in seconds.
     *
     * @param byLoadBalancer whether the group replaces what the load balancer finds unwell
     */
    public record Group(
            int max, int minHealthy, int maxHealthy, int warmup, int grace, boolean byLoadBalancer, boolean rollsBack, Hook hook) {

        /**
         * At launch.
         *
         * @param abandons whether a launch whose boot is silent until the timeout is given up
         */
        public record Hook(int timeout, boolean abandons) {}

        public Group healthy(int least, int most) {
            return new Group(max, least, most, warmup, grace, byLoadBalancer, rollsBack, hook);
        }

        public Group graceOf(int seconds) {
            return new Group(max, minHealthy, maxHealthy, warmup, seconds, byLoadBalancer, rollsBack, hook);
        }
    }

    /** An ECS service; the grace period in seconds. */
    public record Service(int max, int minHealthy, int maxHealthy, int grace, boolean breaker, boolean rollsBack) {
        public Service healthy(int least, int most) {
            return new Service(max, least, most, grace, breaker, rollsBack);
        }
    }

    /** More unhealthy targets than the threshold, for so many periods of so many seconds. */
    public record Alarm(int threshold, int periods, int period) {}

    public UpdateRules with(Group other) {
        return new UpdateRules(checks, other, service, alarm);
    }

    public UpdateRules with(Service other) {
        return new UpdateRules(checks, group, other, alarm);
    }

    public static UpdateRules of(JsonNode plan) {
        Map<String, JsonNode> planned = resources(plan);
        JsonNode targets = planned.get("module.load_balancer.aws_lb_target_group.this");
        JsonNode check = targets.path("health_check").path(0);
        Checks checks = new Checks(number(check, "interval"), number(check, "healthy_threshold"), number(check, "unhealthy_threshold"),
                number(targets, "deregistration_delay"));
        JsonNode group = planned.get("aws_autoscaling_group.this");
        return group == null
                ? service(checks, planned, planned.get("aws_ecs_service.this"))
                : group(checks, planned, group);
    }

    private static UpdateRules group(Checks checks, Map<String, JsonNode> planned, JsonNode group) {
        JsonNode preferences = group.path("instance_refresh").path(0).path("preferences").path(0);
        JsonNode hook = group.path("initial_lifecycle_hook").path(0);
        if (preferences.hasNonNull("checkpoint_percentages") && !preferences.path("checkpoint_percentages").isEmpty()) {
            throw new IllegalArgumentException("The plan has checkpoints, which are not simulated: " + preferences);
        }
        return new UpdateRules(checks, new Group(number(group, "max_size"), number(preferences, "min_healthy_percentage"),
                number(preferences, "max_healthy_percentage"), number(preferences, "instance_warmup"),
                number(group, "health_check_grace_period"),
                group.path("health_check_type").asText().equals("ELB"), preferences.path("auto_rollback").asBoolean(),
                new Group.Hook(number(hook, "heartbeat_timeout"), hook.path("default_result").asText().equals("ABANDON"))), null,
                alarm(planned, preferences.path("alarm_specification").path(0).path("alarms")));
    }

    private static UpdateRules service(Checks checks, Map<String, JsonNode> planned, JsonNode service) {
        JsonNode breaker = service.path("deployment_circuit_breaker").path(0);
        return new UpdateRules(checks, null, new Service(number(planned.get("aws_appautoscaling_target.this"), "max_capacity"),
                number(service, "deployment_minimum_healthy_percent"), number(service, "deployment_maximum_percent"),
                number(service, "health_check_grace_period_seconds"), breaker.path("enable").asBoolean(),
                breaker.path("rollback").asBoolean()),
                alarm(planned, service.path("alarms").path(0).path("alarm_names")));
    }

    private static Alarm alarm(Map<String, JsonNode> planned, JsonNode named) {
        JsonNode alarm = planned.get("module.monitoring[0].aws_cloudwatch_metric_alarm.unhealthy_hosts");
        List<String> names = new ArrayList<>();
        named.forEach(name -> names.add(name.asText()));
        if (alarm == null || !names.contains(alarm.path("alarm_name").asText())) {
            return null;
        }
        return new Alarm(number(alarm, "threshold"), number(alarm, "evaluation_periods"), number(alarm, "period"));
    }

    private static int number(JsonNode values, String name) {
        // Some of the provider's numbers are text.
        try {
            return Integer.parseInt(values.path(name).asText());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The plan has no whole number " + name + " in " + values, e);
        }
    }

    private static Map<String, JsonNode> resources(JsonNode plan) {
        Map<String, JsonNode> resources = new TreeMap<>();
        modules(plan.path("planned_values").path("root_module")).flatMap(module -> module.path("resources").valueStream())
                .forEach(resource -> resources.put(resource.path("address").asText(), resource.path("values")));
        return resources;
    }

    private static Stream<JsonNode> modules(JsonNode module) {
        return Stream.concat(Stream.of(module), module.path("child_modules").valueStream().flatMap(UpdateRules::modules));
    }
}
