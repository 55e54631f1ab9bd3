package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup.Member;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup.Refresh;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.bootstrap.BootConsole;
import io.jenkins.plugins.ec2docker.bootstrap.BootStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows an Auto Scaling group until as many instances as it wants are in service and all of them are of the launch template that was applied.
 * An instance refresh that AWS gave up, and a boot that failed, end it at once.
 */
public final class AutoScalingRollout implements Rollout {

    private final AutoScalingGroups groups;
    private final Instances instances;
    private final String group;
    private final String version;
    private final String bootRun;
    private final Consumer<String> notes;
    private final Map<String, BootProgress> boots = new LinkedHashMap<>();

    /**
     * @param version of the launch template that was applied
     * @param bootRun the run whose id the boots' lines carry
     */
    public AutoScalingRollout(AutoScalingGroups groups, Instances instances, String group, String version, String bootRun,
            Consumer<String> notes) {
        this.groups = groups;
        this.instances = instances;
        this.group = group;
        this.version = version;
        this.bootRun = bootRun;
        this.notes = notes;
    }

    @Override
    public String subject() {
        return "Auto Scaling group " + group;
    }

    @Override
    public Standing look(SessionCredentials keys) throws AwsException {
        Optional<AutoScalingGroup> found = groups.group(keys, group);
        if (found.isEmpty()) {
            return Standing.failed("AWS does not know Auto Scaling group " + group + ", which the state names.");
        }
        // A boot that failed has its instance replaced at once: it may be leaving, or gone, by the time that one looks.
        found.get().members().stream().filter(this::isCurrent).filter(member -> !member.inService())
                .forEach(member -> boots.computeIfAbsent(member.instanceId(), id -> new BootProgress(instances, id, bootRun, notes)));
        List<Member> members = found.get().members().stream().filter(member -> !member.leaving()).toList();
        List<Member> current = members.stream().filter(this::isCurrent).toList();
        Refresh refresh = groups.latestRefresh(keys, group).orElse(null);
        boolean old = current.size() < members.size();
        for (Map.Entry<String, BootProgress> boot : boots.entrySet()) {
            if (boot.getValue().look(keys) == BootStatus.State.FAILED) {
                boot.getValue().tellLog();
                return Standing.failed("Instance " + boot.getKey() + " did not come up: " + boot.getValue().reason() + ".");
            }
        }
        if (refresh != null && refresh.failed() && old) {
            return Standing
                    .failed("The instance refresh of Auto Scaling group " + group + " ended as " + refresh.status() + said(refresh.reason())
                            + "; instances of before serve.");
        }
        int desired = found.get().desired();
        long serving = current.stream().filter(Member::inService).count();
        boolean running = refresh != null && refresh.running();
        boolean done = serving >= desired && !old && !running;
        String standing = serving + " of " + desired + " instances of launch template version " + version + " are in service"
                + (running ? ", the instance refresh is " + refresh.status() + " at " + refresh.percentage() + " %" + said(refresh.reason())
                        : "")
                + (done || !members.isEmpty() ? "" : groups.latestFailure(keys, group).map(AutoScalingRollout::said).orElse(""));
        return new Standing(null, done, desired, standing);
    }

    private boolean isCurrent(Member member) {
        return member.templateVersion().isEmpty() || member.templateVersion().equals(version);
    }

    private static String said(String reason) {
        return reason.isBlank() ? "" : ": " + BootConsole.printable(reason).strip().replaceFirst("\\.$", "");
    }
}
