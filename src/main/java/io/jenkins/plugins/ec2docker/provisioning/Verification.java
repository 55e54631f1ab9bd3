package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.HealthProbe;
import io.jenkins.plugins.ec2docker.aws.HealthWatch;
import io.jenkins.plugins.ec2docker.aws.HttpHealthCheck;
import io.jenkins.plugins.ec2docker.aws.InstanceView;
import io.jenkins.plugins.ec2docker.aws.Instances;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.request.Health;
import io.jenkins.plugins.ec2docker.terraform.Outputs;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks whether what was applied is there: the instance as AWS sees it, and the service's own answer where the request names a health check.
 * Look by look, so that it costs no thread between two of them.
 */
final class Verification {

    private final Instances instances;
    private final HealthProbe probe;
    private final Consumer<String> notes;

    private HealthWatch watch;
    private URI url;

    Verification(Instances instances, HealthProbe probe, Consumer<String> notes) {
        this.instances = instances;
        this.probe = probe;
        this.notes = notes;
    }

    /** With AWS as the environment names it. */
    static Verification in(String region, Map<String, String> environment, Consumer<String> notes) {
        AwsSettings aws = AwsSettings.of(region, environment);
        return new Verification(new Ec2Instances(aws), new HealthProbe(new HttpHealthCheck(aws.proxy())), notes);
    }

    /** Whether the first look has been had, after which only the service's own answer is waited for. */
    boolean isWatching() {
        return watch != null;
    }

    /**
     * Asks AWS, which takes a moment.
     *
     * @param outputs what the blueprint told
     * @param health what the request wants to be asked, or null
     * @return whether it is there; the message of a failure says what was seen instead; empty if {@link #look} has to say
     */
    Optional<Outcome> begin(Outputs outputs, Health health, SessionCredentials keys) throws AwsRefusal {
        String id = outputs.text("instance_id").orElse(null);
        if (id == null) {
            return Optional.of(Outcome.failed("Terraform succeeded but its state names no instance."));
        }
        Optional<InstanceView> instance = instances.describe(keys, id);
        if (instance.isEmpty()) {
            return Optional.of(Outcome.failed("AWS does not know instance " + id + ", which the state names."));
        }
        if (!instance.get().state().equals("running")) {
            return Optional.of(Outcome.failed("Instance " + id + " is " + instance.get().state() + " instead of running"
                    + (instance.get().stateReason() == null ? "." : ": " + instance.get().stateReason())));
        }
        if (health == null) {
            return Optional.of(Outcome.done());
        }
        url = URI.create(outputs.text("url").orElseThrow());
        notes.accept("Waiting for " + url + " to answer, at most " + health.timeout().toSeconds() + " s.");
        watch = probe.watch(url, health.timeout(), reading -> notes.accept(reading.reason()));
        return Optional.empty();
    }

    /** One look at the service, for at most some seconds; empty if another is needed after a {@link #pause}. */
    Optional<Outcome> look() throws InterruptedException {
        return watch.look().map(seen -> seen.healthy()
                ? Outcome.done(url + " answers.")
                : Outcome.failed("Not healthy within " + seen.took().toSeconds() + " s: " + seen.reason()));
    }

    Duration pause() {
        return watch.pause();
    }
}
