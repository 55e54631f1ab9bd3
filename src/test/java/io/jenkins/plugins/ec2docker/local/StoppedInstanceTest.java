package io.jenkins.plugins.ec2docker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** An instance that its schedule has stopped, with real Terraform and the real AWS provider. */
class StoppedInstanceTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            schedule: {start: 0 8 * * mon-fri, stop: 0 18 * * mon-fri, zone: Europe/Berlin}
            """;

    @Test
    void a_run_starts_it_before_it_plans_and_a_plan_leaves_it_stopped(@TempDir Path directory) throws Exception {
        Moto aws = Provisioned.by(REQUEST).copyTo(directory);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice");
        LocalEngine provisioner =
                new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, RunObserver.NONE, Clock.systemUTC());
        ProvisionRequest request = RequestParser.parse(DocumentReader.read(REQUEST, DocumentReader.Format.YAML)).orElseThrow();
        Deployment made = Provisioned.by(REQUEST).report().deployment();
        String instance = made.outputs().get("instance_id").asText();
        try (aws; Ec2Client ec2 = aws.ec2()) {
            ec2.stopInstances(r -> r.instanceIds(instance));
            provisioner.plan(request, null);
            assertThat(state(ec2, instance)).isEqualTo("stopped");

            RunReport again = provisioner.provision(request, null);

            assertThat(again.result().succeeded()).as(again.result().message()).isTrue();
            assertThat(state(ec2, instance)).isEqualTo("running");
            assertThat(again.deployment().outputs().get("instance_id").asText()).isEqualTo(instance);
        }
    }

    private static String state(Ec2Client ec2, String instance) {
        return ec2.describeInstances(r -> r.instanceIds(instance)).reservations().get(0).instances().get(0).state().nameAsString();
    }
}
