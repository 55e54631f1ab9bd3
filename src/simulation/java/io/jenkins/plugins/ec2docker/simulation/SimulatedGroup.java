package io.jenkins.plugins.ec2docker.simulation;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.clients.ConsoleOutput;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.clients.StatusChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An Auto Scaling group from the second on in which its instance refresh begins.
 *
 * <p>An instance counts as replaced once it is in service, its warm-up is over and the group has not found it unhealthy; during the grace period
 * the group does not ask the load balancer, whatever the load balancer finds. That is the reading of AWS's words that is the worst for an update.
 */
public final class SimulatedGroup implements World, AutoScalingGroups, Instances {

    /** Seconds until a new instance waits in the hook: an assumption. */
    private static final int LAUNCH = 40;
    /** Seconds until the group has heard of a target that is unhealthy: an assumption. */
    private static final int NOTICE = 60;
    /** Seconds at least for which an instance that is ended is still known to the group: an assumption. */
    private static final int END = 30;

    private static final int OLD = 1;
    private static final int NEW = 2;

    private final UpdateRules.Group rules;
    private final SimulatedTargets targets;
    private final SimulatedAlarm alarm;
    private final Version update;
    private final String run;
    private final int desired;
    private final int patience;
    private final List<Member> members = new ArrayList<>();

    private int now;
    private int launched;
    private int wanted = NEW;
    private String status = "InProgress";
    private String reason = "";
    private int replaced;
    private int progress;

    /**
     * @param run whose id the new boots' lines carry
     * @param patience seconds without progress after which AWS lets a refresh fail; AWS publishes no figure
     */
    public SimulatedGroup(UpdateRules rules, SimulatedTargets targets, int desired, Version update, String run, int patience) {
        this.rules = rules.group();
        this.targets = targets;
        this.alarm = new SimulatedAlarm(rules.alarm(), targets);
        this.desired = desired;
        this.update = update;
        this.run = run;
        this.patience = patience;
        for (int i = 0; i < desired; i++) {
            Member member = new Member(OLD, Version.good(0));
            member.lifecycle = "InService";
            member.inService = -100_000;
            members.add(member);
            targets.registerHealthy(member.id, () -> true);
        }
    }

    private final class Member {
        private final String id = "i-" + (++launched);
        private final int nth = launched;
        private final int template;
        private final Version version;
        private final int begun = now;
        private String lifecycle = "Pending";
        private String health = "Healthy";
        private int inService;
        private int left;

        private Member(int template, Version version) {
            this.template = template;
            this.version = version;
        }

        private boolean leaving() {
            return lifecycle.startsWith("Terminating");
        }

        private boolean isUp() {
            return version.boot() == Version.Boot.WELL && now - begun >= LAUNCH + version.seconds(nth);
        }

        private boolean isReady() {
            return lifecycle.equals("InService") && health.equals("Healthy") && now - inService >= rules.warmup();
        }

        private void live() {
            int waited = now - begun - LAUNCH;
            if (lifecycle.equals("Pending") && waited >= 0) {
                lifecycle = "Pending:Wait";
            }
            if (lifecycle.equals("Pending:Wait")) {
                boolean over = waited >= rules.hook().timeout();
                if (isUp() || over && !rules.hook().abandons()) {
                    lifecycle = "InService";
                    inService = now;
                    targets.register(id, () -> version.answers() && isUp());
                } else if (over || version.boot() == Version.Boot.FAILED && waited >= version.seconds(nth)) {
                    terminate();
                }
            }
            boolean heard = targets.unhealthyFor(id) >= NOTICE && now - inService >= rules.grace() + NOTICE;
            if (lifecycle.equals("InService") && rules.byLoadBalancer() && heard) {
                health = "Unhealthy";
                terminate();
            }
        }

        private void terminate() {
            lifecycle = "Terminating";
            left = now;
            targets.deregister(id);
        }

        private String console() {
            String lines = "ec2-docker: started (run " + run + ")\n";
            if (version.boot() == Version.Boot.FAILED && now - begun >= LAUNCH + version.seconds(nth)) {
                return lines + "ec2-docker: failed: container web exited with code 1 (run " + run + ")\n";
            }
            return isUp() ? lines + "ec2-docker: ready (run " + run + ")\n" : lines;
        }
    }

    @Override
    public void tick() {
        now++;
        members.forEach(Member::live);
        targets.tick();
        members.removeIf(member -> member.leaving() && now - member.left >= END && targets.isGone(member.id));
        boolean alarmed = alarm.tick();
        replace();
        judge(alarmed);
    }

    /** Towards the template that is wanted, forth or back, within the least and the most healthy percentage. */
    private void replace() {
        int least = required();
        int most = Math.max(desired, desired * rules.maxHealthy() / 100);
        while (of(wanted).size() < desired && alive().size() < most) {
            members.add(new Member(wanted, wanted == NEW ? update : Version.good(0)));
        }
        for (Member member : List.copyOf(others())) {
            int ready = (int) alive().stream().filter(Member::isReady).count();
            // Where the percentages leave no room at all, AWS replaces one instance at a time, and ends it first.
            boolean stuck = least >= desired && most <= desired && ready == desired && of(wanted).size() < desired;
            if (!member.isReady() || ready - 1 >= least || stuck) {
                member.terminate();
            }
        }
    }

    private void judge(boolean alarmed) {
        int ready = (int) of(wanted).stream().filter(Member::isReady).count();
        if (ready > replaced) {
            progress = now;
        }
        replaced = ready;
        boolean done = ready == desired && others().isEmpty();
        if (status.equals("InProgress")) {
            if (done) {
                status = "Successful";
            } else if (alarmed || now - progress >= patience) {
                reason = alarmed ? "An alarm went off." : "Instances did not become healthy in time.";
                status = rules.rollsBack() ? "RollbackInProgress" : "Failed";
                wanted = rules.rollsBack() ? OLD : wanted;
            }
        } else if (status.equals("RollbackInProgress") && done) {
            status = "RollbackSuccessful";
        }
    }

    private List<Member> alive() {
        return members.stream().filter(member -> !member.leaving()).toList();
    }

    private List<Member> of(int template) {
        return alive().stream().filter(member -> member.template == template).toList();
    }

    private List<Member> others() {
        return alive().stream().filter(member -> member.template != wanted).toList();
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
        return !status.endsWith("InProgress") && members.size() == desired;
    }

    public String status() {
        return status;
    }

    @Override
    public Optional<AutoScalingGroup> group(SessionCredentials credentials, String name) {
        return Optional.of(new AutoScalingGroup(desired, members.stream()
                .map(member -> new AutoScalingGroup.Member(member.id, member.lifecycle, member.health, "" + member.template)).toList()));
    }

    @Override
    public Optional<AutoScalingGroup.Refresh> latestRefresh(SessionCredentials credentials, String name) {
        return Optional.of(new AutoScalingGroup.Refresh(status, 100 * replaced / desired, reason));
    }

    @Override
    public Optional<String> latestFailure(SessionCredentials credentials, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<ConsoleOutput> latestConsole(SessionCredentials credentials, String instanceId) {
        return members.stream().filter(member -> member.id.equals(instanceId) && member.template == NEW).findFirst()
                .map(member -> new ConsoleOutput(member.console(), Instant.EPOCH, true));
    }

    @Override
    public Optional<InstanceDescription> describe(SessionCredentials credentials, String instanceId) {
        return Optional.empty();
    }

    @Override
    public Optional<StatusChecks> status(SessionCredentials credentials, String instanceId) {
        return Optional.empty();
    }
}
