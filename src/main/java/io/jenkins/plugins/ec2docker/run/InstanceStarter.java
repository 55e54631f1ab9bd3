package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Starts a stopped instance before a run plans what to do with it: a stopped one has no public address, and cannot be verified. Look by
 * look, so that it costs no thread between two of them; doing it again changes nothing.
 */
final class InstanceStarter {

    /** Half a minute is usual. What does not run by then is for the verification to tell. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Ec2Instances instances;
    private final InstantSource clock;
    @CheckForNull
    private Instant end;
    @CheckForNull
    private String started;

    /** With AWS as the environment names it. */
    InstanceStarter(String region, Map<String, String> environment, InstantSource clock) {
        this.instances = new Ec2Instances(AwsSettings.of(region, environment));
        this.clock = clock;
    }

    /** Looks once, and starts what is stopped. @return whether there is nothing to wait for (any more) */
    boolean look(Deployment deployment, SessionCredentials keys) throws AwsException {
        String id = deployment.isGone() ? null : deployment.instanceId().orElse(null);
        end = end == null ? clock.instant().plus(LONGEST) : end;
        if (id == null || clock.instant().isAfter(end)) {
            return true;
        }
        String state = instances.describe(keys, id).map(InstanceDescription::state).orElse("gone");
        if (state.equals("stopped") && started == null) {
            instances.start(keys, id);
            started = id;
            return false;
        }
        return !state.equals("stopping") && !(started != null && (state.equals("pending") || state.equals("stopped")));
    }

    /** A sentence on what was done, after a space; empty where nothing had to be. */
    String told() {
        return started == null ? "" : " Instance " + started + " was stopped and has been started.";
    }
}
