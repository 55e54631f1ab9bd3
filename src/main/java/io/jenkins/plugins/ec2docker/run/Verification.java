package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.clients.EcsServices;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.clients.SdkAutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.clients.SdkEcsServices;
import io.jenkins.plugins.ec2docker.aws.clients.SdkTargetGroups;
import io.jenkins.plugins.ec2docker.aws.clients.TargetGroups;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.terraform.documents.TerraformOutputs;
import io.jenkins.plugins.ec2docker.verify.AutoScalingRollout;
import io.jenkins.plugins.ec2docker.verify.BootProgress;
import io.jenkins.plugins.ec2docker.verify.EcsRollout;
import io.jenkins.plugins.ec2docker.verify.FleetReadiness;
import io.jenkins.plugins.ec2docker.verify.HealthCheck;
import io.jenkins.plugins.ec2docker.verify.HttpHealthCheck;
import io.jenkins.plugins.ec2docker.verify.InstanceReadiness;
import io.jenkins.plugins.ec2docker.verify.ReadinessCheck;
import io.jenkins.plugins.ec2docker.verify.ReadinessTerms;
import io.jenkins.plugins.ec2docker.verify.ReadinessTimeout;
import io.jenkins.plugins.ec2docker.verify.Rollout;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out whether what was applied serves: {@link InstanceReadiness} on the instance that the blueprint names, or {@link FleetReadiness} on what is
 * behind its load balancer. Look by look, so that it costs no
 * thread between two of them. Whoever takes a run up begins anew, with the whole time.
 */
final class Verification {

    private final Instances instances;
    private final HealthCheck check;
    private final InstantSource clock;
    private final Consumer<String> notes;

    @CheckForNull
    private final Fleets fleets;

    @CheckForNull
    private ReadinessCheck watch;

    /** What AWS knows of the blueprints with several instances or tasks. */
    record Fleets(AutoScalingGroups groups, EcsServices services, TargetGroups targets) {}

    /** For blueprint {@code instance} alone. */
    Verification(Instances instances, HealthCheck check, InstantSource clock, Consumer<String> notes) {
        this(instances, null, check, clock, notes);
    }

    Verification(Instances instances, @CheckForNull Fleets fleets, HealthCheck check, InstantSource clock, Consumer<String> notes) {
        this.fleets = fleets;
        this.instances = instances;
        this.check = check;
        this.clock = clock;
        this.notes = notes;
    }

    /** With AWS as the environment names it. */
    static Verification in(String region, Map<String, String> environment, InstantSource clock, Consumer<String> notes) {
        AwsSettings aws = AwsSettings.of(region, environment);
        HealthCheck check = new HttpHealthCheck(aws.proxy());
        Fleets fleets = new Fleets(
                new SdkAutoScalingGroups(region, environment), new SdkEcsServices(region, environment),
                new SdkTargetGroups(region, environment));
        return new Verification(new Ec2Instances(aws), fleets, check, clock, notes);
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
    Optional<Outcome> begin(TerraformOutputs told, ProvisionRequest request, Deployment deployment, String generation, String run,
            SessionKeys keys)
            throws AwsException, InterruptedException {
        if (Blueprint.of(request.blueprint()) != Blueprint.INSTANCE) {
            return begun(fleet(told, request, generation, keys));
        }
        String id = told.text("instance_id").orElse(null);
        if (id == null) {
            return Optional.of(Outcome.failed("Terraform succeeded but its state names no instance."));
        }
        URI url = request.health() == null ? null : URI.create(told.text("url").orElseThrow());
        BootProgress boot = isBooted(id, deployment) ? null : new BootProgress(instances, id, generation, notes);
        return begun(new InstanceReadiness(instances, id, boot, run, terms(url, ReadinessTimeout.of(request), keys)));
    }

    private ReadinessCheck fleet(TerraformOutputs told, ProvisionRequest request, String generation, SessionKeys keys) {
        boolean group = Blueprint.of(request.blueprint()) == Blueprint.AUTOSCALED;
        ReadinessTimeout time = group ? ReadinessTimeout.ofGroup(request) : ReadinessTimeout.of(request);
        Fleets aws = Objects.requireNonNull(fleets, "fleets");
        Rollout rollout = group
                ? new AutoScalingRollout(aws.groups(), instances, told.text("autoscaling_group_name").orElseThrow(),
                        told.number("launch_template_version").orElseThrow().toString(), generation, notes)
                : new EcsRollout(aws.services(), told.text("cluster_name").orElseThrow(), told.text("service_name").orElseThrow(),
                        told.text("task_definition_arn").orElseThrow(), notes);
        return new FleetReadiness(rollout, aws.targets(), told.text("target_group_arn").orElseThrow(),
                terms(url(told, request), time, keys));
    }

    private ReadinessTerms terms(@CheckForNull URI url, ReadinessTimeout time, SessionKeys keys) {
        return new ReadinessTerms(check, url, time, clock, keys, notes);
    }

    /** What the blueprint leaves to the engine to remove, once Terraform has removed the rest. */
    void clearAway(ProvisionRequest request, Deployment deployment, SessionKeys keys) {
        if (request.blueprint().equals(Blueprint.FARGATE.text())) {
            try {
                Objects.requireNonNull(fleets, "fleets").services().deregister(keys.get(), deployment.id(), null);
            } catch (AwsException e) {
                notes.accept("The task definitions could not be deregistered, which cost nothing; a sweep finds them: " + e.getMessage());
            }
        }
    }

    /** A certificate is not of the load balancer's own name: there the port is asked that leads to HTTPS, and whose redirect is an answer. */
    @CheckForNull
    private static URI url(TerraformOutputs told, ProvisionRequest request) {
        HealthEndpoint health = request.health();
        if (health == null) {
            return null;
        }
        String path = health.path();
        if (request.hasSection("edge")) {
            return URI.create(told.text("url").orElseThrow().replaceFirst("/$", "") + path);
        }
        Object port = request.section("loadBalancer").getOrDefault("httpPort", 80);
        return URI.create("http://" + told.text("load_balancer_dns").orElseThrow() + (port.equals(80) ? "" : ":" + port) + path);
    }

    private Optional<Outcome> begun(ReadinessCheck begun) throws AwsException, InterruptedException {
        watch = begun;
        Optional<Outcome> outcome = look();
        if (outcome.isEmpty()) {
            begun.announce();
        }
        return outcome;
    }

    /** One more look, for at most some seconds; empty if another is needed after a {@link #pause}. */
    Optional<Outcome> look() throws AwsException, InterruptedException {
        return watch().look().map(seen -> seen.ok() ? Outcome.done(seen.message()) : Outcome.failed(seen.message()));
    }

    Duration pause() {
        return watch().pause();
    }

    private ReadinessCheck watch() {
        return Objects.requireNonNull(watch, "nothing is verified yet");
    }

    /**
     * Whether the instance's boot was seen to its end by an earlier run. A changed boot is a new instance, and an instance boots this once;
     * its console keeps 64 KiB and nothing beyond a stop, and is not to be asked again.
     */
    private static boolean isBooted(String instanceId, Deployment deployment) {
        return deployment.outputs().containsKey("instance_id") && deployment.outputs().get("instance_id").asText().equals(instanceId);
    }
}
