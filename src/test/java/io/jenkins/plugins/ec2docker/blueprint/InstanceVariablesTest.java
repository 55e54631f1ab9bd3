package io.jenkins.plugins.ec2docker.blueprint;

import static io.jenkins.plugins.ec2docker.blueprint.InstanceRequest.port;
import static io.jenkins.plugins.ec2docker.blueprint.InstanceRequest.ports;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rule of the variables refuses what it should, in its own words.
 *
 * <p>Terraform reports all faults of a plan at once, so that the n-th bad values of all variables share one plan.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceVariablesTest {

    private static final String CIDR_MESSAGE = "must be networks in canonical form with zero host bits";
    private BlueprintDirectory blueprint;

    private record Bad(String variable, Object value, String message) {}

    private static final List<Bad> ALONE = List.of(
            new Bad("deployment_id", "shop", "followed by a dash and eight hexadecimal digits"),
            new Bad("deployment_id", "shop-0A1B2C3D", "followed by a dash and eight hexadecimal digits"),
            new Bad("deployment_name", "Shop", "begin with a letter"),
            new Bad("deployment_name", "s".repeat(33), "1 to 32 lower case letters"),
            new Bad("region", "Frankfurt", "code of an AWS region"),
            new Bad("region", "eu-central-1a", "code of an AWS region"),
            new Bad("instance_type", "small", "a family and a size joined by a dot"),
            new Bad("architecture", "amd64", "x86_64 or arm64"),
            new Bad("machine_image", "ubuntu-20.04", "ubuntu-22.04, ubuntu-24.04, al2023, or an AMI id"),
            new Bad("machine_image", "ami-xyz", "ubuntu-22.04, ubuntu-24.04, al2023, or an AMI id"),
            new Bad("user_data_file", "nowhere", "there is none of that name"),
            new Bad("ports", ports(0, "tcp"), "whole numbers from 1 to 65535"),
            new Bad("ports", ports(65536, "udp"), "whole numbers from 1 to 65535"),
            new Bad("ports", ports(80.5, "tcp"), "whole numbers from 1 to 65535"),
            new Bad("ports", ports(80, "TCP"), "tcp or udp"),
            new Bad("ports", List.of(port(80, "tcp"), port(80, "tcp")), "same port and protocol twice"),
            new Bad("ingress_cidrs", List.of("203.0.113.1/24"), CIDR_MESSAGE),
            new Bad("ingress_cidrs", List.of("2001:DB8::/32"), CIDR_MESSAGE),
            new Bad("ingress_cidrs", List.of("everywhere"), CIDR_MESSAGE),
            new Bad("ingress_cidrs", List.of("0.0.0.0/0", "0.0.0.0/0"), "same network twice"),
            new Bad("ssh_cidrs", List.of("203.0.113.1"), CIDR_MESSAGE),
            new Bad("ssh_cidrs", List.of("2001:db8::1/64"), CIDR_MESSAGE),
            new Bad("ssh_cidrs", List.of("203.0.113.0/24", "203.0.113.0/24"), "same network twice"),
            new Bad("vpc_id", "default", "the id of a VPC"),
            new Bad("subnet_id", "subnet-1", "the id of a subnet"),
            new Bad("disk_size_gib", 0, "whole number from 1 to 65536"),
            new Bad("disk_size_gib", 65537, "whole number from 1 to 65536"),
            new Bad("disk_size_gib", 20.5, "whole number from 1 to 65536"),
            new Bad("kms_key_id", "my key", "a key id, a key ARN, an alias name"),
            new Bad("ssh_public_key", "ssh-dss AAAAB3NzaC1kc3MAAACBAPY8ZOHY2yFSJA6XYC9HRwNHxaehvx5wOJ0rzZdzoSOXxbET user",
                    "RSA or ED25519"),
            new Bad("ssh_public_key", "ssh-ed25519 AAAAC3Nza\nssh-ed25519 AAAAC3Nza", "RSA or ED25519"),
            new Bad("key_name", " ops", "printable ASCII characters with no blank at either end"),
            new Bad("key_name", "k".repeat(256), "1 to 255"),
            new Bad("tags", Map.of("aws:cloudformation", "x"), "which are reserved"),
            new Bad("tags", Map.of("EC2-docker:name", "x"), "which are reserved"),
            new Bad("tags", Map.of("name", "x"), "which are reserved"),
            new Bad("tags", Map.of("k".repeat(129), "x"), "keys of 1 to 128 letters"),
            new Bad("tags", Map.of("team", "<ops>"), "values of at most 256 letters"),
            new Bad("tags", manyTags(47), "46 at most"),
            new Bad("url_path", "health", "begin with a slash"),
            new Bad("url_path", "/a b", "hold no blanks"),
            new Bad("permissions_boundary", "arn:aws:iam::123456789012:role/x", "ARN of an IAM policy"),
            new Bad("max_retries", -1, "whole number from 0 to 100"),
            new Bad("max_retries", 101, "whole number from 0 to 100"));

    /** Terraform sees to types before it looks at any rule, and does not name the attribute. */
    private static final List<Bad> MISTYPED = List.of(
            new Bad("public_ip", "maybe", "a bool is required"),
            new Bad("elastic_ip", "maybe", "a bool is required"),
            new Bad("spot", "maybe", "a bool is required"));

    /** With one of these, nothing can be said of an instance. */
    private static final List<Bad> OF_THE_WHOLE = List.of(
            new Bad("generations", Map.of(), "one, or two during an update"),
            new Bad("generations", Map.of("First", InstanceRequest.generation(InstanceRequest.smallest())), "1 to 64 lower case letters"),
            new Bad("serving", "none-of-them", "a key of generations"));

    /** Each of these is refused for what another variable says; no two of them speak of the same. */
    private static final List<Bad> TOGETHER = List.of(
            new Bad("deployment_name", "stop", "the name that deployment_id begins with"),
            new Bad("key_name", "ops", ""),
            new Bad("ssh_public_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 user", "exclude each other"),
            new Bad("ports", ports(53, "udp"), ""),
            new Bad("url_port", 53, "one of the published TCP ports"));

    @BeforeAll
    void copy(@TempDir Path directory) {
        blueprint = BlueprintDirectory.variablesOnly("instance", directory);
        blueprint.write("bootstrap/user-data", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> bad_values_are_refused_in_the_rules_own_words() {
        return rounds().stream().flatMap(this::refusals);
    }

    @TestFactory
    Stream<DynamicTest> contradictions_are_refused_in_the_rules_own_words() {
        return refusals(TOGETHER);
    }

    @TestFactory
    Stream<DynamicTest> values_of_another_type_are_refused() {
        return MISTYPED.stream().map(bad -> DynamicTest.dynamicTest(bad.variable() + " = " + bad.value(), () -> {
            blueprint.variables(InstanceRequest.with(bad.variable(), bad.value()));
            assertThat(messages(blueprint.plan())).anySatisfy(message -> assertThat(message).contains(bad.message()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> generations_are_named_and_one_of_them_serves() {
        return OF_THE_WHOLE.stream().flatMap(bad -> refusals(List.of(bad)));
    }

    @TestFactory
    Stream<DynamicTest> unusual_but_good_values_are_accepted() {
        return Stream.of(
                InstanceRequest.with("region", "us-gov-west-1", "instance_type", "u-6tb1.112xlarge"),
                InstanceRequest.with("instance_type", "m7i.metal-24xl", "disk_size_gib", 65536),
                InstanceRequest.with("machine_image", "ami-0123456789abcdef0", "key_name", "ops team's key (2024)"),
                InstanceRequest.with("kms_key_id", "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef"),
                InstanceRequest.with("kms_key_id", "alias/aws/ebs", "vpc_id", "vpc-0a1b2c3d"),
                InstanceRequest.with("ports", List.of(port(53, "tcp"), port(53, "udp"), port("8080", "tcp")), "url_port", 8080),
                InstanceRequest.with("ingress_cidrs", List.of("0.0.0.0/0", "::/0", "10.0.0.0/8", "2001:db8:1::/48")),
                InstanceRequest.with("ssh_public_key", "ssh-rsa\tAAAAB3NzaC1yc2E=  someone with a name"),
                InstanceRequest.with("tags", Map.of("Kostenträger", "Zürich / IT + Büro @ 5", "empty", "")),
                InstanceRequest.with("tags", manyTags(46), "url_path", "/a/b?c=%20#d", "public_ip", null))
                .map(variables -> DynamicTest.dynamicTest(variables.toString(), () -> {
                    blueprint.variables(variables);
                    blueprint.plan().mustSucceed();
                }));
    }

    @Test
    void no_variable_is_forgotten_here() throws IOException {
        Set<String> tested =
                Stream.of(ALONE, MISTYPED, OF_THE_WHOLE, TOGETHER).flatMap(List::stream).map(Bad::variable).collect(Collectors.toSet());
        assertThat(declarations()).isEqualTo(tested);
    }

    @Test
    void every_variable_is_described_and_typed() throws IOException {
        variables().forEach(
                (name, block) -> assertThat(block).as(name).containsPattern("\n  description *= \".+\"\n").containsPattern("\n  type *= "));
        assertThat(Pattern.compile("(?<!\\.)\n    \\w+ *= ").matcher(attributes()).results()).as("attributes without a sentence above them")
                .isEmpty();
    }

    /** Names of the variables, and of what each generation consists of. */
    private Set<String> declarations() throws IOException {
        Set<String> names = new TreeSet<>(variables().keySet());
        Matcher attribute = Pattern.compile("^    (\\w+) *= ", Pattern.MULTILINE).matcher(attributes());
        while (attribute.find()) {
            names.add(attribute.group(1));
        }
        return names;
    }

    private String attributes() throws IOException {
        String block = variables().get("generations");
        return block.substring(block.indexOf("type = map(object({"), block.indexOf("\n  }))"));
    }

    private Map<String, String> variables() throws IOException {
        Map<String, String> blocks = new TreeMap<>();
        Matcher block = Pattern.compile("^variable \"(\\w+)\" \\{$(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(blueprint.path().resolve("variables.tf")));
        while (block.find()) {
            blocks.put(block.group(1), block.group(2));
        }
        return blocks;
    }

    private Stream<DynamicTest> refusals(List<Bad> round) {
        Object[] namesAndValues = round.stream().flatMap(bad -> Stream.of(bad.variable(), bad.value())).toArray();
        blueprint.variables(InstanceRequest.with(namesAndValues));
        List<String> messages = messages(blueprint.plan());
        return round.stream().filter(bad -> !bad.message().isEmpty()).map(bad -> DynamicTest.dynamicTest(
                bad.variable() + " = " + bad.value(),
                () -> assertThat(messages).anySatisfy(message -> assertThat(message).contains(bad.variable(), bad.message()))));
    }

    private static List<String> messages(BlueprintDirectory.Result plan) {
        assertThat(plan.exitCode()).as(plan.text()).isEqualTo(1);
        return plan.events("diagnostic").stream()
                .map(event -> event.path("diagnostic"))
                .map(diagnostic -> diagnostic.path("detail").asText() + " " + diagnostic.path("snippet").path("context").asText())
                .toList();
    }

    private static List<List<Bad>> rounds() {
        List<List<Bad>> rounds = new ArrayList<>();
        // A rule that looks at another variable is not asked while that one is bad itself: two rounds later it is good again.
        Map<String, Integer> seen = new TreeMap<>(Map.of("deployment_name", 2, "ssh_public_key", 2));
        for (Bad bad : ALONE) {
            int round = seen.merge(bad.variable(), 1, Integer::sum) - 1;
            while (round >= rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(bad);
        }
        return rounds;
    }

    private static Map<String, String> manyTags(int count) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tags.put("tag" + i, "x");
        }
        return tags;
    }
}
