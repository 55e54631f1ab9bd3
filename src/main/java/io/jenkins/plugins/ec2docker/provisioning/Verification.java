package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.HealthProbe;
import io.jenkins.plugins.ec2docker.aws.HttpHealthCheck;
import io.jenkins.plugins.ec2docker.aws.Instances;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.Outputs;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out whether what was applied serves: {@link ServingWatch} on the instance that the blueprint names. Look by look, so that it costs no
 * thread between two of them. Whoever takes a run up begins anew, with the whole time.
 */
final class Verification {

    private final Instances instances;
    private final HealthProbe probe;
    private final InstantSource clock;
    private final Consumer<String> notes;

    private ServingWatch watch;

    Verification(Instances instances, HealthProbe probe, InstantSource clock, Consumer<String> notes) {
        this.instances = instances;
        this.probe = probe;
        this.clock = clock;
        this.notes = notes;
    }

    /** With AWS as the environment names it. */
    static Verification in(String region, Map<String, String> environment, InstantSource clock, Consumer<String> notes) {
        AwsSettings aws = AwsSettings.of(region, environment);
        HealthProbe probe = new HealthProbe(new HttpHealthCheck(aws.proxy()), clock);
        return new Verification(new Ec2Instances(aws), probe, clock, notes);
    }

    /** Keys for a call that is made now: a verification may outlive the ones it began with. */
    @FunctionalInterface
    interface Keys {
        SessionCredentials get() throws AwsRefusal;
    }

    /** Whether the first look has been had, after which {@link #look} goes on. */
    boolean isWatching() {
        return watch != null;
    }

    /**
     * Has the first look, which takes a moment.
     *
     * @param told by the blueprint of the instance that is verified, after this run's apply
     * @param deployment as it is once the apply is over: its outputs are still those of its last success
     * @param generation the run whose boot payload that instance has
     * @param run the run that verifies
     * @return whether it serves; the message of a failure says what was seen instead; empty if {@link #look} has to say
     */
    Optional<Outcome> begin(Outputs told, ProvisionRequest request, Deployment deployment, String generation, String run, Keys keys)
            throws AwsRefusal, InterruptedException {
        String id = told.text("instance_id").orElse(null);
        if (id == null) {
            return Optional.of(Outcome.failed("Terraform succeeded but its state names no instance."));
        }
        URI url = request.health() == null ? null : URI.create(told.text("url").orElseThrow());
        BootWatch boot = isBooted(id, deployment) ? null : new BootWatch(instances, id, generation, notes);
        watch = new ServingWatch(instances, id, boot, run, probe, url, ServingTime.of(request), clock, keys, notes);
        Optional<Outcome> outcome = watch.look();
        if (outcome.isEmpty()) {
            watch.announce();
        }
        return outcome;
    }

    /** One more look, for at most some seconds; empty if another is needed after a {@link #pause}. */
    Optional<Outcome> look() throws AwsRefusal, InterruptedException {
        return watch.look();
    }

    Duration pause() {
        return watch.pause();
    }

    /**
     * Whether the instance's boot was seen to its end by an earlier run. A changed boot is a new instance, and an instance boots this once;
     * its console keeps 64 KiB and nothing beyond a stop, and is not to be asked again.
     */
    private static boolean isBooted(String instanceId, Deployment deployment) {
        return deployment.outputs().containsKey("instance_id") && deployment.outputs().get("instance_id").asText().equals(instanceId);
    }
}
