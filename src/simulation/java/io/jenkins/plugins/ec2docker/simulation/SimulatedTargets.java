package io.jenkins.plugins.ec2docker.simulation;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.TargetGroups;
import io.jenkins.plugins.ec2docker.aws.clients.TargetHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A target group: what is registered is checked every interval, is healthy or unhealthy after so many checks in a row, and is drained for the
 * deregistration delay once it is to go. AWS says that one check makes a new target healthy; here it takes the whole threshold, which is later.
 */
public final class SimulatedTargets implements TargetGroups {

    /** Seconds until the first check of a new target: an assumption, AWS names no figure. */
    private static final int REGISTRATION = 15;

    private final UpdateRules.Checks checks;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private int now;

    public SimulatedTargets(UpdateRules.Checks checks) {
        this.checks = checks;
    }

    private static final class Target {
        private final BooleanSupplier answers;
        private final int registered;
        private String state = "initial";
        private int good;
        private int bad;
        private int left = -1;
        private int unhealthySince = -1;

        private Target(BooleanSupplier answers, int registered) {
            this.answers = answers;
            this.registered = registered;
        }
    }

    void register(String id, BooleanSupplier answers) {
        targets.put(id, new Target(answers, now));
    }

    /** One that has served for long. */
    void registerHealthy(String id, BooleanSupplier answers) {
        register(id, answers);
        targets.get(id).state = "healthy";
    }

    /** No new requests from now on; {@link #isGone} once those in flight have had the deregistration delay. */
    void deregister(String id) {
        Target target = targets.get(id);
        if (target != null && target.left < 0) {
            target.left = now;
            target.state = "draining";
        }
    }

    boolean isGone(String id) {
        return !targets.containsKey(id);
    }

    boolean isHealthy(String id) {
        return targets.containsKey(id) && targets.get(id).state.equals("healthy");
    }

    /** Seconds for which it has been unhealthy; -1 if it is not. */
    int unhealthyFor(String id) {
        Target target = targets.get(id);
        return target == null || !target.state.equals("unhealthy") ? -1 : now - target.unhealthySince;
    }

    int unhealthy() {
        return (int) targets.values().stream().filter(target -> target.state.equals("unhealthy")).count();
    }

    int serving() {
        return (int) targets.values().stream().filter(target -> target.state.equals("healthy") && target.answers.getAsBoolean()).count();
    }

    void tick() {
        now++;
        targets.values().removeIf(target -> target.left >= 0 && now - target.left >= checks.deregistrationDelay());
        targets.values().stream().filter(target -> target.left < 0).forEach(this::check);
    }

    private void check(Target target) {
        int since = now - target.registered - REGISTRATION;
        if (since < 0 || since % checks.interval() != 0) {
            return;
        }
        if (target.answers.getAsBoolean()) {
            target.good++;
            target.bad = 0;
            target.state = target.good >= checks.healthyThreshold() ? "healthy" : target.state;
        } else {
            target.bad++;
            target.good = 0;
            if (target.bad >= checks.unhealthyThreshold() && !target.state.equals("unhealthy")) {
                target.state = "unhealthy";
                target.unhealthySince = now;
            }
        }
    }

    @Override
    public List<TargetHealth> targets(SessionCredentials credentials, String targetGroupArn) {
        return targets.entrySet().stream().map(each -> new TargetHealth(each.getKey() + ":8080", each.getValue().state,
                each.getValue().state.equals("unhealthy") ? "Health checks failed" : "")).toList();
    }
}
