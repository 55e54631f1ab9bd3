package io.jenkins.plugins.ec2docker.blueprint;

import static io.jenkins.plugins.ec2docker.blueprint.InstanceRequest.ID;
import static io.jenkins.plugins.ec2docker.blueprint.InstanceRequest.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataTagsState;
import software.amazon.awssdk.services.ec2.model.MonitoringState;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** What one apply of the blueprint {@code instance} makes, as AWS sees it, and what later plans make of it. */
@ExtendWith(MotoExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceBlueprintTest {

    /** Bytes that are no text, and as many as EC2 takes. */
    private static final byte[] USER_DATA = new byte[16_384];

    private static final Map<String, Object> REQUEST = InstanceRequest.with(
            "ports", List.of(port(8080, "tcp"), port(53, "udp"), port(22, "tcp")),
            "ingress_cidrs", List.of("203.0.113.0/24", "2001:db8::/32"),
            "ssh_cidrs", List.of("203.0.113.0/24", "198.51.100.7/32"),
            "disk_size_gib", 33,
            "tags", Map.of("team", "Zürich / ops"),
            "url_port", 8080,
            "url_path", "/health");

    private BlueprintDirectory blueprint;
    private Ec2Client ec2;
    private IamClient iam;

    @BeforeAll
    void apply(@TempDir Path directory, Moto moto) {
        new Random(1).nextBytes(USER_DATA);
        blueprint = BlueprintDirectory.initialised("instance", directory, moto);
        blueprint.write("bootstrap/user-data", USER_DATA);
        blueprint.variables(REQUEST);
        blueprint.apply();
        ec2 = moto.ec2();
        iam = moto.iam();
    }

    @AfterAll
    void close() {
        ec2.close();
        iam.close();
    }

    @Test
    void is_formatted_and_valid() {
        blueprint.run("fmt", "-check", "-diff", ".").mustSucceed();
        blueprint.run("validate").mustSucceed();
    }

    @Test
    void consists_of_the_usual_files_and_no_other() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("terraform-templates/instance"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("main.tf", "variables.tf", "outputs.tf", "versions.tf", ".terraform.lock.hcl");
        }
    }

    @Test
    void instance_metadata_takes_a_token_and_stays_out_of_the_containers_reach() {
        InstanceMetadataOptionsResponse options = instance().metadataOptions();
        assertThat(options.httpTokens()).isEqualTo(HttpTokensState.REQUIRED);
        assertThat(options.httpPutResponseHopLimit()).isEqualTo(1);
        assertThat(options.httpEndpoint()).isEqualTo(InstanceMetadataEndpointState.ENABLED);
        assertThat(options.instanceMetadataTags()).isEqualTo(InstanceMetadataTagsState.DISABLED);
    }

    @Test
    void newest_image_of_canonical_itself_is_chosen() {
        // amis.json has an older one, and a newer one of somebody else.
        assertThat(instance().imageId()).isEqualTo("ami-0ec2d0c00002204a1");
        assertThat(instance().instanceTypeAsString()).isEqualTo("t3.small");
        assertThat(instance().monitoring().state()).isEqualTo(MonitoringState.DISABLED);
    }

    @Test
    void root_volume_is_encrypted_gp3_of_the_size_asked_for_and_goes_with_the_instance() {
        assertThat(volumes()).singleElement().satisfies(volume -> {
            assertThat(volume.encrypted()).isTrue();
            assertThat(volume.volumeType()).isEqualTo(VolumeType.GP3);
            assertThat(volume.size()).isEqualTo(33);
            assertThat(volume.attachments()).singleElement().satisfies(a -> assertThat(a.instanceId()).isEqualTo(instance().instanceId()));
        });
        assertThat(instance().blockDeviceMappings()).singleElement().satisfies(m -> assertThat(m.ebs().deleteOnTermination()).isTrue());
    }

    @Test
    void each_published_port_is_open_to_each_network_and_nothing_else_is() {
        assertThat(rules(false)).containsExactlyInAnyOrder(
                "tcp 8080-8080 203.0.113.0/24",
                "tcp 8080-8080 2001:db8::/32",
                "udp 53-53 203.0.113.0/24",
                "udp 53-53 2001:db8::/32",
                "tcp 22-22 203.0.113.0/24",
                "tcp 22-22 2001:db8::/32",
                "tcp 22-22 198.51.100.7/32");
        assertThat(rules(true)).containsExactlyInAnyOrder("-1 0.0.0.0/0", "-1 ::/0");
        assertThat(instance().securityGroups()).singleElement()
                .satisfies(g -> assertThat(g.groupId()).isEqualTo(blueprint.output("security_group_id")));
    }

    @Test
    void user_data_arrives_byte_for_byte() {
        String encoded =
                ec2.describeInstanceAttribute(r -> r.instanceId(instance().instanceId()).attribute(InstanceAttributeName.USER_DATA))
                        .userData()
                        .value();
        assertThat(Base64.getDecoder().decode(encoded)).isEqualTo(USER_DATA);
    }

    @Test
    void everything_carries_the_deployments_identity() {
        Map<String, String> identity = Map.of(
                "Name", "shop",
                "team", "Zürich / ops",
                "ec2-docker:deployment", ID,
                "ec2-docker:name", "shop",
                "ec2-docker:managed-by", "ec2-docker");
        assertThat(tags(instance().tags())).isEqualTo(identity);
        assertThat(tags(volumes().get(0).tags())).isEqualTo(identity);
        assertThat(tags(ec2.describeSecurityGroups(r -> r.groupIds(blueprint.output("security_group_id"))).securityGroups().get(0).tags()))
                .isEqualTo(identity);
        assertThat(securityGroupRules()).allSatisfy(rule -> assertThat(tags(rule.tags())).isEqualTo(identity));
        assertThat(iam.listRoleTags(r -> r.roleName(role())).tags().stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())))
                .isEqualTo(identity);
    }

    @Test
    void role_lets_systems_manager_in_and_nobody_else() {
        String profile = instance().iamInstanceProfile().arn();
        assertThat(profile).startsWith("arn:aws:iam::" + Moto.ACCOUNT + ":instance-profile/ec2-docker/" + ID + "-");
        assertThat(iam.getInstanceProfile(r -> r.instanceProfileName(profile.substring(profile.lastIndexOf('/') + 1))).instanceProfile()
                .roles())
                .singleElement()
                .satisfies(role -> assertThat(role.roleName()).isEqualTo(role()));
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName(role())).attachedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
        assertThat(iam.listRolePolicies(r -> r.roleName(role())).policyNames()).isEmpty();
        assertThat(iam.getRole(r -> r.roleName(role())).role().assumeRolePolicyDocument()).contains("ec2.amazonaws.com");
    }

    private String role() {
        String name = iam.listRoles(r -> r.pathPrefix("/ec2-docker/")).roles().get(0).roleName();
        assertThat(name).startsWith(ID + "-");
        return name;
    }

    @Test
    void outputs_are_what_aws_says() {
        Instance instance = instance();
        assertThat(blueprint.outputs().path("instances").path("value").path(InstanceRequest.KEY).path("url").asText())
                .isEqualTo("http://" + instance.publicIpAddress() + ":8080/health");
        assertThat(outputs()).containsExactly(
                entry("availability_zone", instance.placement().availabilityZone()),
                entry("instance_id", instance.instanceId()),
                entry("private_ip", instance.privateIpAddress()),
                entry("public_dns", instance.publicDnsName()),
                entry("public_ip", instance.publicIpAddress()),
                entry("security_group_id", instance.securityGroups().get(0).groupId()),
                entry("url", "http://" + instance.publicIpAddress() + ":8080/health"));
    }

    @Test
    void second_plan_changes_nothing_not_even_with_another_release_of_the_image() {
        // The newest goes; for the blueprint that is the same as one more that comes.
        ec2.deregisterImage(r -> r.imageId("ami-0ec2d0c00002204a1"));
        BlueprintDirectory.Result plan = plan(REQUEST);
        assertThat(plan.exitCode()).as(plan.text()).isZero();
    }

    @Test
    void another_generation_comes_beside_the_one_that_serves_which_is_left_alone() {
        blueprint.write("second", "second".getBytes());
        Map<String, Object> both = InstanceRequest.beside(
                REQUEST, "next", "user_data_file", "second", "machine_image", "ubuntu-24.04", "public_ip", true, "spot", true, "ports",
                List.of(port(8080, "tcp"), port(9090, "tcp")), "ssh_cidrs", List.of());
        assertThat(plannedActions(both)).isEqualTo(Map.of(
                "aws_instance.this[\"next\"]", List.of("create"),
                "aws_vpc_security_group_ingress_rule.this[\"tcp/9090 from 203.0.113.0/24\"]", List.of("create"),
                "aws_vpc_security_group_ingress_rule.this[\"tcp/9090 from 2001:db8::/32\"]", List.of("create")));
    }

    @Test
    void generation_in_another_vpc_has_a_security_group_there() {
        String vpc = ec2.createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
        String subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.7.1.0/24")).subnet().subnetId();
        Map<String, Object> both = InstanceRequest.beside(REQUEST, "next", "subnet_id", subnet);
        assertThat(plannedActions(both)).hasSize(11)
                .allSatisfy((address, actions) -> assertThat(actions).as(address).containsExactly("create"))
                .containsKeys(
                        "aws_instance.this[\"next\"]",
                        "aws_security_group.this[\"" + vpc + "\"]",
                        "aws_vpc_security_group_ingress_rule.this[\"tcp/8080 from 203.0.113.0/24 in " + vpc + "\"]");
    }

    @Test
    void ports_and_elastic_ip_come_and_go_while_the_instance_stays() {
        Map<String, Object> changed = InstanceRequest.changed(
                REQUEST, "ingress_cidrs", List.of("203.0.113.0/24"), "elastic_ip", true, "instance_type", "t3.large");
        assertThat(plannedActions(changed)).isEqualTo(Map.of(
                "aws_vpc_security_group_ingress_rule.this[\"tcp/8080 from 2001:db8::/32\"]", List.of("delete"),
                "aws_vpc_security_group_ingress_rule.this[\"udp/53 from 2001:db8::/32\"]", List.of("delete"),
                "aws_vpc_security_group_ingress_rule.this[\"tcp/22 from 2001:db8::/32\"]", List.of("delete"),
                "aws_eip.this[0]", List.of("create"),
                "aws_eip_association.this[0]", List.of("create"),
                InstanceRequest.INSTANCE, List.of("update")));
    }

    @Test
    void user_data_beyond_what_ec2_takes_is_refused_with_its_size() {
        blueprint.write("too-long", new byte[16_385]);
        BlueprintDirectory.Result plan = plan(InstanceRequest.changed(REQUEST, "user_data_file", "too-long"));
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.events("diagnostic").get(0).path("diagnostic").path("detail").asText())
                .isEqualTo("user_data_file has 16385 bytes; EC2 takes 16384 at most.");
    }

    private BlueprintDirectory.Result plan(Map<String, Object> request) {
        blueprint.variables(request);
        return blueprint.plan();
    }

    /** By address, what a plan of these variables would do; nothing for what it leaves alone. */
    private Map<String, List<String>> plannedActions(Map<String, Object> variables) {
        blueprint.variables(variables);
        Map<String, List<String>> actions = new TreeMap<>();
        for (JsonNode change : blueprint.plannedJson().path("resource_changes")) {
            List<String> verbs = change.path("change").path("actions").valueStream().map(JsonNode::asText).toList();
            if (!verbs.equals(List.of("no-op"))) {
                actions.put(change.path("address").asText(), verbs);
            }
        }
        return actions;
    }

    private Instance instance() {
        return ec2.describeInstances().reservations().get(0).instances().get(0);
    }

    private List<Volume> volumes() {
        return ec2.describeVolumes().volumes();
    }

    private List<SecurityGroupRule> securityGroupRules() {
        Filter ofGroup = Filter.builder().name("group-id").values(blueprint.output("security_group_id")).build();
        return ec2.describeSecurityGroupRules(r -> r.filters(ofGroup)).securityGroupRules();
    }

    private List<String> rules(boolean egress) {
        return securityGroupRules().stream()
                .filter(rule -> rule.isEgress() == egress)
                .map(rule -> rule.ipProtocol()
                        + (rule.ipProtocol().equals("-1") ? " " : " " + rule.fromPort() + "-" + rule.toPort() + " ")
                        + (rule.cidrIpv4() != null ? rule.cidrIpv4() : rule.cidrIpv6()))
                .toList();
    }

    private Map<String, String> outputs() {
        Map<String, String> outputs = new TreeMap<>();
        blueprint.outputs().properties().stream().filter(e -> !e.getKey().equals("instances"))
                .forEach(e -> outputs.put(e.getKey(), e.getValue().path("value").asText()));
        return outputs;
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }
}
