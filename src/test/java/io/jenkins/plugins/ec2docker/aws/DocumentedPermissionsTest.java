package io.jenkins.plugins.ec2docker.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.clients.RunCommand;
import io.jenkins.plugins.ec2docker.aws.clients.SsmRunCommand;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.aws.pricing.Prices;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.testing.PolicyEvaluation;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What blueprint {@code instance} and this room call in a whole life, against what the documented policies allow. */
@ExtendWith(MotoExtension.class)
class DocumentedPermissionsTest {
    private static final SessionCredentials CALLER = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "user-secret");
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1v0r4JYJp4b0S2f8cWkTqkq0dY3m7mCkq1n9mVd9aB test";

    @Test
    void every_call_of_a_whole_life_is_well_formed_and_allowed(Moto moto, @TempDir Path directory) throws Exception {
        try (RecordedCalls calls = new RecordedCalls(moto)) {
            Map<String, String> environment = calls.environment();
            String key = new AwsAnswers(moto).json("kms", "TrentService.CreateKey", "{}").path("KeyMetadata").path("Arn").asText();
            BlueprintDirectory blueprint = BlueprintDirectory.initialised("instance", directory, environment);
            blueprint.write("bootstrap/user-data", "#!/bin/sh".getBytes(UTF_8));
            blueprint.variables(variables(Map.of(
                    "subnet_id", subnet(moto), "elastic_ip", true, "ssh_public_key", KEY, "kms_key_id", key, "tags", Map.of("a", "b"))));
            blueprint.apply();
            look(environment, blueprint.output("instance_id"));

            // Size, disk, tags, ports, address and key change in place; a replacement would call nothing that these do not.
            blueprint.variables(variables(Map.of(
                    "subnet_id", subnet(moto), "kms_key_id", key, "tags", Map.of("c", "d"), "instance_type", "t3.medium",
                    "disk_size_gib", 30, "ports", List.of(Map.of("port", 8081, "protocol", "udp")))));
            blueprint.apply();

            // The other way to find an image; a plan is enough to have it looked up.
            blueprint.variables(variables(Map.of("subnet_id", subnet(moto), "machine_image", "al2023")));
            assertThat(blueprint.plan().exitCode()).isEqualTo(2);
            blueprint.destroy();
            reclaim(moto, AwsSettings.of("eu-central-1", environment), new PriceList("eu-central-1", environment));
            calls.save(Path.of("target", "lives", "instance.jsonl"));
            assertThat(
                    PolicyEvaluation.refused(calls, "provisioning-instance", "provisioning-instance-kms", "provisioning-instance-redeploy"))
                    .isEmpty();
        }
    }

    /** What this room itself asks with the role's session. */
    private static void look(Map<String, String> environment, String instance) throws AwsException {
        AwsSettings settings = AwsSettings.of("eu-central-1", environment);
        new StsCallerIdentityLookup(settings).check(CALLER);
        new Ec2Instances(settings).describe(CALLER, instance);
        new Ec2Instances(settings).status(CALLER, instance);
        new Ec2Instances(settings).latestConsole(CALLER, instance);
        RunCommand commands = new SsmRunCommand("eu-central-1", environment);
        assertThat(commands.ping(CALLER, instance)).contains("Online");
        String command = commands.send(CALLER, instance, "true", "a test", Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(commands.standing(CALLER, instance, command)).isPresent();
        assertThat(commands.standing(CALLER, instance, "0".repeat(36))).isEmpty();
    }

    /** What a run does after an apply that did not succeed; all of it but the volume is also Terraform's to remove. */
    private static void reclaim(Moto moto, AwsSettings settings, Prices prices) throws Exception {
        try (Ec2Client ec2 = moto.ec2()) {
            ec2.createVolume(r -> r.availabilityZone("eu-central-1a").size(8).tagSpecifications(TagSpecification.builder()
                    .resourceType(ResourceType.VOLUME)
                    .tags(tag("ec2-docker:managed-by", "ec2-docker"), tag("ec2-docker:name", "shop"))
                    .build()));
        }
        ResourceCleanup aws = new Ec2AndIamResources(settings);
        for (TaggedResource left : aws.find(CALLER, "shop")) {
            prices.hourly(CALLER, left.charge());
            aws.remove(CALLER, left);
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String subnet(Moto moto) {
        try (Ec2Client ec2 = moto.ec2()) {
            return ec2.describeSubnets().subnets().get(0).subnetId();
        }
    }

    private static Map<String, Object> variables(Map<String, ?> changes) {
        Map<String, Object> generation = new TreeMap<>(Map.of(
                "instance_type", "t3.small",
                "architecture", "x86_64",
                "machine_image", "ubuntu-22.04",
                "ports", List.of(Map.of("port", 8080, "protocol", "tcp")),
                "ingress_cidrs", List.of("0.0.0.0/0")));
        generation.putAll(changes);
        Map<String, Object> variables = new TreeMap<>(Map.of(
                "deployment_id", "shop-0a1b2c3d",
                "deployment_name", "shop",
                "region", "eu-central-1",
                "generations", Map.of("only", generation),
                "serving", "only",
                "max_retries", 1));
        if (generation.remove("tags") instanceof Map<?, ?> tags) {
            variables.put("tags", tags);
        }
        return variables;
    }
}
