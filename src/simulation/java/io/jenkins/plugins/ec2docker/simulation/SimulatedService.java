package io.jenkins.plugins.ec2docker.simulation;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.EcsService;
import io.jenkins.plugins.ec2docker.aws.clients.EcsServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ECS service from the second on in which a rolling deployment begins. A task counts once the load balancer finds it healthy. One that the load
 * balancer finds unhealthy after the grace period is stopped; it is a failure of the deployment, like one that ends before it was healthy.
 */
public final class SimulatedService implements World, EcsServices {

    /** Seconds until a new task runs, its images pulled: an assumption. */
    private static final int START = 45;

    private final UpdateRules.Service rules;
    private final SimulatedTargets targets;
    private final SimulatedAlarm alarm;
    private final Version update;
    private final int desired;
    private final String older;
    private final String newer;
    private final List<Task> tasks = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();

    private int now;
    private int started;
    private int failures;
    private String primary;
    private String rollout = "IN_PROGRESS";
    private String reason = "";

    /** @param older and newer are ARNs of task definitions */
    public SimulatedService(UpdateRules rules, SimulatedTargets targets, int desired, Version update, String older, String newer) {
        this.rules = rules.service();
        this.targets = targets;
        this.alarm = new SimulatedAlarm(rules.alarm(), targets);
        this.desired = desired;
        this.update = update;
        this.older = older;
        this.newer = newer;
        this.primary = newer;
        for (int i = 0; i < desired; i++) {
            Task task = new Task(older, Version.good(0));
            task.running = -100_000;
            tasks.add(task);
            targets.registerHealthy(task.address, () -> true);
        }
    }

    private final class Task {
        private final int nth = ++started;
        private final String address = "10.0.64." + nth;
        private final String definition;
        private final Version version;
        private final int begun = now;
        private int running = Integer.MAX_VALUE;
        private boolean leaving;
        private boolean wasHealthy;

        private Task(String definition, Version version) {
            this.definition = definition;
            this.version = version;
        }

        private boolean isUp() {
            return version.boot() == Version.Boot.WELL && now - running >= version.seconds(nth);
        }

        private boolean isHealthy() {
            return !leaving && targets.isHealthy(address);
        }

        private void live() {
            if (running > now && now - begun >= START) {
                running = now;
                targets.register(address, () -> version.answers() && isUp());
            }
            wasHealthy |= isHealthy();
            if (leaving || running > now) {
                return;
            }
            if (version.boot() == Version.Boot.FAILED && now - running >= version.seconds(nth)) {
                end("Essential container in task exited; container web ended with code 1");
            } else if (targets.unhealthyFor(address) >= 0 && now - running >= rules.grace()) {
                end("Task failed ELB health checks");
            }
        }

        private void end(String why) {
            ends.add(0, why);
            failures += wasHealthy || !definition.equals(primary) ? 0 : 1;
            stop();
        }

        private void stop() {
            leaving = true;
            targets.deregister(address);
        }
    }

    @Override
    public void tick() {
        now++;
        tasks.forEach(Task::live);
        targets.tick();
        tasks.removeIf(task -> task.leaving && targets.isGone(task.address));
        boolean alarmed = alarm.tick();
        judge(alarmed);
        schedule();
    }

    private void schedule() {
        boolean stalled = rollout.equals("FAILED");
        int most = desired * rules.maxHealthy() / 100;
        while (!stalled && of(primary).size() < desired && alive().size() < most) {
            tasks.add(new Task(primary, primary.equals(newer) ? update : Version.good(0)));
        }
        for (Task task : alive().stream().filter(task -> !task.definition.equals(primary)).toList()) {
            int healthy = (int) alive().stream().filter(Task::isHealthy).count();
            if (!task.isHealthy() || healthy - 1 >= required()) {
                task.stop();
            }
        }
    }

    private void judge(boolean alarmed) {
        if (!rollout.equals("IN_PROGRESS")) {
            return;
        }
        if (alive().size() == desired && of(primary).stream().filter(Task::isHealthy).count() == desired) {
            rollout = "COMPLETED";
        } else if (primary.equals(newer) && (alarmed || rules.breaker() && failures >= threshold())) {
            reason = alarmed ? "ECS deployment failed: alarm detected." : "ECS deployment circuit breaker: tasks failed to start.";
            primary = rules.rollsBack() ? older : primary;
            rollout = rules.rollsBack() ? rollout : "FAILED";
        }
    }

    /** Half as many as are wanted, between 3 and 200. */
    private int threshold() {
        return Math.min(200, Math.max(3, (desired + 1) / 2));
    }

    private List<Task> alive() {
        return tasks.stream().filter(task -> !task.leaving).toList();
    }

    private List<Task> of(String definition) {
        return alive().stream().filter(task -> task.definition.equals(definition)).toList();
    }

    @Override
    public int serving() {
        return targets.serving();
    }

    @Override
    public int required() {
        return (desired * rules.minHealthy() + 99) / 100;
    }

    @Override
    public boolean settled() {
        return !rollout.equals("IN_PROGRESS") && tasks.size() == alive().size();
    }

    /** What all tasks run in the end. */
    public String primary() {
        return primary;
    }

    @Override
    public Optional<EcsService> service(SessionCredentials credentials, String cluster, String service) {
        List<EcsService.Deployment> deployments = new ArrayList<>();
        deployments.add(deployment(primary, true, rollout, primary.equals(newer) ? reason : ""));
        String other = primary.equals(newer) ? older : newer;
        if (!of(other).isEmpty() || other.equals(newer) && !settled()) {
            deployments.add(deployment(other, false, other.equals(newer) ? "FAILED" : "COMPLETED", other.equals(newer) ? reason : ""));
        }
        return Optional.of(new EcsService(deployments));
    }

    private EcsService.Deployment deployment(String definition, boolean first, String state, String why) {
        int running = (int) of(definition).stream().filter(task -> task.running <= now).count();
        return new EcsService.Deployment(definition, first, running, first ? desired : 0, state, why);
    }

    @Override
    public List<String> ends(SessionCredentials credentials, String cluster, String service, String taskDefinition) {
        return taskDefinition.equals(newer) ? List.copyOf(ends) : List.of();
    }

    @Override
    public void deregister(SessionCredentials credentials, String family, String kept) {}
}
