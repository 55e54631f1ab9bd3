package io.jenkins.plugins.ec2docker.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.ApiRecorder.Call;
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
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What the documented policies allow, against what blueprint {@code instance} and this room really call in a whole life. */
@ExtendWith(MotoExtension.class)
class DocumentedPermissionsTest {
    private static final SessionCredentials CALLER = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "user-secret");
    private static final String ALIAS = "alias/aws/ebs";
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1v0r4JYJp4b0S2f8cWkTqkq0dY3m7mCkq1n9mVd9aB test";

    /** Allowed although moto never sees it called, and why. */
    private static final Map<String, String> NOT_SHOWN_BY_MOTO = Map.ofEntries(
            Map.entry("ec2:DescribeSpotInstanceRequests", "how the provider reads the options of a spot instance; to moto none is one"),
            Map.entry("ec2:CancelSpotInstanceRequests", "the provider does so before it terminates a spot instance"),
            Map.entry("iam:CreateServiceLinkedRole", "AWS makes it for the caller at an account's first spot instance"),
            Map.entry("iam:PassRole", "a permission without a call: checked when a role goes into a profile and a profile to an instance"),
            Map.entry("kms:CreateGrant", "EC2 calls KMS in the caller's name, out of sight"),
            Map.entry("kms:Decrypt", "likewise"),
            Map.entry("kms:GenerateDataKeyWithoutPlaintext", "likewise"),
            Map.entry("kms:ReEncryptFrom", "likewise"),
            Map.entry("kms:ReEncryptTo", "likewise"));

    /** Called, and allowed to everybody by AWS (STS API reference). */
    private static final Set<String> NEEDS_NO_PERMISSION = Set.of("sts:GetCallerIdentity");

    private static List<Call> calls;

    @BeforeAll
    static void liveAWholeLife(Moto moto, @TempDir Path directory) throws Exception {
        try (ApiRecorder recorder = new ApiRecorder(moto.endpoint())) {
            Map<String, String> environment = new HashMap<>(moto.environment());
            environment.put("AWS_ENDPOINT_URL", recorder.endpoint().toString());
            BlueprintDirectory blueprint = BlueprintDirectory.initialised("instance", directory, environment);
            blueprint.write("bootstrap/user-data", "#!/bin/sh".getBytes(UTF_8));
            blueprint.variables(variables(Map.of(
                    "subnet_id", subnet(moto), "elastic_ip", true, "ssh_public_key", KEY, "kms_key_id", ALIAS, "tags", Map.of("a", "b"))));
            blueprint.apply();
            look(environment, blueprint.output("instance_id"));

            // Size, disk, tags, ports, address and key change in place; a replacement would call nothing that these do not.
            blueprint.variables(variables(Map.of(
                    "subnet_id", subnet(moto), "kms_key_id", ALIAS, "tags", Map.of("c", "d"), "instance_type", "t3.medium",
                    "disk_size_gib", 30, "ports", List.of(Map.of("port", 8081, "protocol", "udp")))));
            blueprint.apply();

            // The other way to find an image; a plan is enough to have it looked up.
            blueprint.variables(variables(Map.of("subnet_id", subnet(moto), "machine_image", "al2023")));
            assertThat(blueprint.plan().exitCode()).isEqualTo(2);
            blueprint.destroy();
            reclaim(moto, AwsSettings.of("eu-central-1", environment), new PriceList("eu-central-1", environment));
            calls = recorder.calls();
        }
    }

    @Test
    void every_action_that_is_called_is_allowed() {
        Set<String> missing = new TreeSet<>(called());
        missing.removeAll(allowed());
        missing.removeAll(NEEDS_NO_PERMISSION);

        assertThat(missing).as("called but not in docs/policies").isEmpty();
    }

    @Test
    void nothing_is_allowed_that_nobody_calls() {
        Set<String> idle = new TreeSet<>(allowed());
        idle.removeAll(called());

        assertThat(idle).as("allowed but never called").isEqualTo(new TreeSet<>(NOT_SHOWN_BY_MOTO.keySet()));
    }

    @Test
    void whatever_is_created_carries_the_tag_that_the_policy_insists_on() {
        Set<String> creating = Set.of(
                "ec2:RunInstances", "ec2:CreateSecurityGroup", "ec2:AllocateAddress", "ec2:ImportKeyPair",
                "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress");
        Map<String, Boolean> tagged = calls.stream()
                .filter(call -> creating.contains(call.action()))
                .collect(Collectors.toMap(Call::action, DocumentedPermissionsTest::tagged, Boolean::logicalAnd, TreeMap::new));

        assertThat(tagged).containsOnlyKeys(creating).allSatisfy((action, always) -> assertThat(always).as(action).isTrue());
    }

    @Test
    void an_instance_is_asked_for_as_the_policy_insists() {
        assertThat(calls.stream().filter(call -> call.action().equals("ec2:RunInstances")))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.body().split("&"))
                        .contains("MetadataOptions.HttpTokens=required", "BlockDeviceMapping.1.Ebs.Encrypted=true",
                                "TagSpecification.1.ResourceType=instance", "TagSpecification.2.ResourceType=volume"));
    }

    @Test
    void roles_and_profiles_are_made_below_the_path_that_the_policy_allows() {
        assertThat(calls.stream().filter(call -> Set.of("iam:CreateRole", "iam:CreateInstanceProfile").contains(call.action())))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(call -> assertThat(URLDecoder.decode(call.body(), UTF_8)).contains("&Path=/ec2-docker/&"));
        assertThat(calls.stream().filter(call -> call.action().equals("iam:AttachRolePolicy")))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(URLDecoder.decode(call.body(), UTF_8))
                        .contains("PolicyArn=arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"));
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

    private static boolean tagged(Call call) {
        String form = URLDecoder.decode(call.body(), UTF_8);
        return form.matches("(?s).*TagSpecification\\.1\\.Tag\\.([0-9]+)\\.Key=ec2-docker:managed-by&"
                + "TagSpecification\\.1\\.Tag\\.\\1\\.Value=ec2-docker(&.*|$)");
    }

    private static Set<String> called() {
        return calls.stream().map(Call::action).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allowed() {
        return Stream.of("provisioning-instance", "provisioning-instance-kms", "provisioning-instance-redeploy")
                .flatMap(name -> PolicyFile.of(name).actions())
                .collect(Collectors.toCollection(TreeSet::new));
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
