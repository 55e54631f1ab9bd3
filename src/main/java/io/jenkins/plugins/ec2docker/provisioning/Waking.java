package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.Ec2Power;
import io.jenkins.plugins.ec2docker.aws.InstanceView;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Starts a stopped instance before a run plans what to do with it: a stopped one has no public address, and cannot be verified. Doing it again
 * changes nothing.
 */
final class Waking {

    /** Half a minute is usual. */
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Ec2Instances instances;
    private final Ec2Power power;
    private final InstantSource clock;

    /** With AWS as the environment names it. */
    Waking(String region, Map<String, String> environment, InstantSource clock) {
        AwsSettings aws = AwsSettings.of(region, environment);
        this.instances = new Ec2Instances(aws);
        this.power = new Ec2Power(aws);
        this.clock = clock;
    }

    /**
     * Waits until the deployment's instance runs, if it was stopped.
     *
     * @return a sentence on what was done; empty where nothing had to be
     */
    String of(Deployment deployment, SessionCredentials keys) throws AwsRefusal, InterruptedException {
        String id = deployment.isGone() ? null : WorkingHours.instance(deployment).orElse(null);
        boolean started = false;
        Instant end = clock.instant().plus(LONGEST);
        while (id != null && clock.instant().isBefore(end)) {
            String state = instances.describe(keys, id).map(InstanceView::state).orElse("gone");
            if (state.equals("stopped") && !started) {
                power.start(keys, id);
                started = true;
            } else if (!state.equals("stopping") && !(started && (state.equals("pending") || state.equals("stopped")))) {
                break;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return started ? " Instance " + id + " was stopped and has been started." : "";
    }
}
