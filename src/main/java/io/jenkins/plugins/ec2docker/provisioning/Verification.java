package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.HealthProbe;
import io.jenkins.plugins.ec2docker.aws.InstanceView;
import io.jenkins.plugins.ec2docker.aws.Instances;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.request.Health;
import io.jenkins.plugins.ec2docker.terraform.Outputs;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks whether what was applied is there: the instance as AWS sees it, and the service's own answer where the request names a health check. */
final class Verification {

    private final Instances instances;
    private final HealthProbe probe;
    private final Consumer<String> notes;

    Verification(Instances instances, HealthProbe probe, Consumer<String> notes) {
        this.instances = instances;
        this.probe = probe;
        this.notes = notes;
    }

    /**
     * @param outputs what the blueprint told
     * @param health what the request wants to be asked, or null
     * @return whether it is there; the message of a failure says what was seen instead
     */
    Outcome of(Outputs outputs, Health health, SessionCredentials keys) throws AwsRefusal, InterruptedException {
        String id = outputs.text("instance_id").orElse(null);
        if (id == null) {
            return Outcome.failed("Terraform succeeded but its state names no instance.");
        }
        Optional<InstanceView> instance = instances.describe(keys, id);
        if (instance.isEmpty()) {
            return Outcome.failed("AWS does not know instance " + id + ", which the state names.");
        }
        if (!instance.get().state().equals("running")) {
            return Outcome.failed("Instance " + id + " is " + instance.get().state() + " instead of running"
                    + (instance.get().stateReason() == null ? "." : ": " + instance.get().stateReason()));
        }
        return health == null ? Outcome.done() : answers(URI.create(outputs.text("url").orElseThrow()), health);
    }

    private Outcome answers(URI url, Health health) throws InterruptedException {
        notes.accept("Waiting for " + url + " to answer, at most " + health.timeout().toSeconds() + " s.");
        HealthProbe.Outcome seen = probe.await(url, health.timeout(), reading -> notes.accept(reading.reason()));
        return seen.healthy()
                ? Outcome.done(url + " answers.")
                : Outcome.failed("Not healthy within " + health.timeout().toSeconds() + " s: " + seen.reason());
    }
}
