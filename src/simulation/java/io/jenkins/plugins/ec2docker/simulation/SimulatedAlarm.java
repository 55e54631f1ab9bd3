package io.jenkins.plugins.ec2docker.simulation;

/** The alarm on unhealthy targets: the largest number of each period, compared at its end. */
final class SimulatedAlarm {

    private final UpdateRules.Alarm rules;
    private final SimulatedTargets targets;
    private int now;
    private int largest;
    private int breaching;

    /** @param rules null for no alarm */
    SimulatedAlarm(UpdateRules.Alarm rules, SimulatedTargets targets) {
        this.rules = rules;
        this.targets = targets;
    }

    /** Whether it has gone off. */
    boolean tick() {
        if (rules == null) {
            return false;
        }
        largest = Math.max(largest, targets.unhealthy());
        if (++now % rules.period() == 0) {
            breaching = largest > rules.threshold() ? breaching + 1 : 0;
            largest = 0;
        }
        return breaching >= rules.periods();
    }
}
