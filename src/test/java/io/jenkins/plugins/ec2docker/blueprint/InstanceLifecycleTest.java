package io.jenkins.plugins.ec2docker.blueprint;

import static io.jenkins.plugins.ec2docker.blueprint.InstanceRequest.ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.iam.IamClient;

/** The blueprint {@code instance} from its creation to its end, with all that can be wished for, and in its rarer variants. */
@ExtendWith(MotoExtension.class)
class InstanceLifecycleTest {

    private static final String PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINngVHcLVgDCfHqP7Tyk97jsquU3F+NnALhusaufX5wN someone";

    private final Moto moto;

    @TempDir
    private Path directory;

    private BlueprintDirectory blueprint;

    InstanceLifecycleTest(Moto moto) {
        this.moto = moto;
    }

    @BeforeEach
    void initialise() {
        moto.reset();
        blueprint = BlueprintDirectory.initialised("instance", directory, moto);
        blueprint.write("bootstrap/user-data", "first".getBytes());
    }

    @Test
    void another_generation_runs_beside_the_first_takes_over_its_address_and_destroy_leaves_nothing() {
        try (Ec2Client ec2 = moto.ec2(); IamClient iam = moto.iam()) {
            String vpc = ec2.createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
            String subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.7.1.0/24")).subnet().subnetId();
            Map<String, Object> wished = InstanceRequest.with(
                    "instance_type", "t4g.small",
                    "architecture", "arm64",
                    "machine_image", "al2023",
                    "vpc_id", vpc,
                    "subnet_id", subnet,
                    "kms_key_id", "alias/aws/ebs",
                    "ssh_public_key", PUBLIC_KEY,
                    "public_ip", true,
                    "elastic_ip", true,
                    "ports", InstanceRequest.ports(80, "tcp"),
                    "ingress_cidrs", List.of("0.0.0.0/0"),
                    "url_port", 80);
            blueprint.variables(wished);
            blueprint.apply();

            Instance first = instance(ec2, blueprint.output("instance_id"));
            String address = blueprint.output("public_ip");
            assertThat(ec2.describeAddresses().addresses()).singleElement().satisfies(elastic -> {
                assertThat(elastic.publicIp()).isEqualTo(address);
                assertThat(elastic.instanceId()).isEqualTo(first.instanceId());
            });
            assertThat(blueprint.output("url")).isEqualTo("http://" + address + ":80/");
            assertThat(first.architectureAsString()).isEqualTo("arm64");
            assertThat(first.subnetId()).isEqualTo(subnet);
            assertThat(ec2.describeImages(r -> r.imageIds(first.imageId())).images().get(0).name()).contains("al2023-ami-2023.")
                    .endsWith("-arm64");
            assertThat(ec2.describeKeyPairs().keyPairs()).singleElement().satisfies(pair -> {
                assertThat(pair.keyName()).startsWith(ID + "-").isEqualTo(first.keyName());
            });
            assertThat(ec2.describeVolumes().volumes()).singleElement()
                    .satisfies(volume -> assertThat(volume.kmsKeyId()).contains(":key/"));
            BlueprintDirectory.Result again = blueprint.plan();
            assertThat(again.exitCode()).as(again.text()).isZero();

            // Renewed for the case that the instance is made again, which is no reason to make it again.
            blueprint.write("renewed", "renewed".getBytes());
            blueprint.variables(InstanceRequest.changed(wished, "user_data_file", "renewed"));
            BlueprintDirectory.Result renewed = blueprint.plan();
            assertThat(renewed.exitCode()).as(renewed.text()).isZero();

            blueprint.write("second", "second".getBytes());
            Map<String, Object> both = InstanceRequest.beside(wished, "next", "user_data_file", "second");
            blueprint.variables(both);
            blueprint.apply();

            assertThat(blueprint.output("instance_id")).isEqualTo(first.instanceId());
            assertThat(blueprint.output("public_ip")).isEqualTo(address);
            assertThat(ec2.describeAddresses().addresses()).singleElement()
                    .satisfies(a -> assertThat(a.instanceId()).isEqualTo(first.instanceId()));
            assertThat(instance(ec2, first.instanceId()).state().name()).isEqualTo(InstanceStateName.RUNNING);
            JsonNode next = blueprint.outputs().path("instances").path("value").path("next");
            String second = next.path("instance_id").asText();
            assertThat(instance(ec2, second).state().name()).isEqualTo(InstanceStateName.RUNNING);
            assertThat(next.path("url").asText()).isEqualTo("http://" + instance(ec2, second).publicIpAddress() + ":80/")
                    .doesNotContain(address);

            Map<String, Object> after = InstanceRequest.changed(both, "serving", "next");
            after.put("generations", Map.of("next", ((Map<?, ?>) both.get("generations")).get("next")));
            blueprint.variables(after);
            blueprint.apply();

            assertThat(blueprint.output("instance_id")).isEqualTo(second);
            assertThat(instance(ec2, first.instanceId()).state().name()).isEqualTo(InstanceStateName.TERMINATED);
            assertThat(blueprint.output("public_ip")).isEqualTo(address);
            assertThat(ec2.describeAddresses().addresses()).singleElement().satisfies(a -> assertThat(a.instanceId()).isEqualTo(second));
            BlueprintDirectory.Result last = blueprint.plan();
            assertThat(last.exitCode()).as(last.text()).isZero();

            blueprint.destroy();

            assertThat(ec2.describeInstances().reservations()).allSatisfy(r -> assertThat(r.instances())
                    .allSatisfy(i -> assertThat(i.state().name()).isEqualTo(InstanceStateName.TERMINATED)));
            assertThat(ec2.describeVolumes().volumes()).isEmpty();
            assertThat(ec2.describeAddresses().addresses()).isEmpty();
            assertThat(ec2.describeKeyPairs().keyPairs()).isEmpty();
            assertThat(ec2.describeSecurityGroups().securityGroups()).extracting(SecurityGroup::groupName).containsOnly("default");
            assertThat(iam.listRoles().roles()).isEmpty();
            assertThat(iam.listInstanceProfiles().instanceProfiles()).isEmpty();
        }
    }

    @Test
    void a_role_that_was_left_half_made_is_replaced() {
        try (IamClient iam = moto.iam()) {
            blueprint.variables(InstanceRequest.with());
            blueprint.run("apply", "-input=false", "-json", "-auto-approve", "-target=aws_iam_role.this").mustSucceed();
            blueprint.run("taint", "aws_iam_role.this").mustSucceed();

            blueprint.apply();

            assertThat(iam.listRoles().roles()).hasSize(1);
        }
    }

    @Test
    void spot_instance_of_a_private_subnet_is_reached_by_its_private_address() {
        try (Ec2Client ec2 = moto.ec2()) {
            ec2.createKeyPair(r -> r.keyName("ops"));
            String vpc = ec2.createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
            String subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.7.1.0/24")).subnet().subnetId();
            blueprint.variables(InstanceRequest.with(
                    "machine_image", "ami-0ec2d0c00002404a0",
                    "subnet_id", subnet,
                    "key_name", "ops",
                    "spot", true,
                    "public_ip", false,
                    "ports", InstanceRequest.ports(8080, "tcp"),
                    "url_port", 8080));
            JsonNode planned = instanceOf(blueprint.plannedJson());
            assertThat(planned.path("instance_market_options").path(0).path("market_type").asText()).isEqualTo("spot");
            JsonNode options = planned.path("instance_market_options").path(0).path("spot_options").path(0);
            assertThat(options.path("spot_instance_type").asText()).isEqualTo("one-time");
            assertThat(options.path("instance_interruption_behavior").asText()).isEqualTo("terminate");

            blueprint.run("apply", "-input=false", "-json", "plan").mustSucceed();

            Instance instance = instance(ec2, blueprint.output("instance_id"));
            assertThat(instance.instanceLifecycleAsString()).isEqualTo("spot");
            assertThat(instance.imageId()).isEqualTo("ami-0ec2d0c00002404a0");
            assertThat(instance.keyName()).isEqualTo("ops");
            assertThat(blueprint.outputs().has("public_ip")).isFalse();
            assertThat(blueprint.outputs().has("public_dns")).isFalse();
            assertThat(blueprint.output("url")).isEqualTo("http://" + instance.privateIpAddress() + ":8080/");
        }
    }

    @Test
    void image_follows_from_name_and_architecture() {
        blueprint.variables(InstanceRequest.with("machine_image", "ubuntu-24.04", "architecture", "arm64", "instance_type", "t4g.small"));
        assertThat(instanceOf(blueprint.plannedJson()).path("ami").asText()).isEqualTo("ami-0ec2d0c00002404b1");
    }

    @Test
    void subnet_of_a_vpc_is_chosen_by_whether_the_instance_is_to_be_public() {
        try (Ec2Client ec2 = moto.ec2()) {
            String vpc = ec2.createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
            String closed = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.7.1.0/24")).subnet().subnetId();
            String open = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.7.2.0/24")).subnet().subnetId();
            assertThat(refusal(InstanceRequest.with("vpc_id", vpc)))
                    .isEqualTo("vpc_id has no subnet whose instances get a public address by themselves in an Availability"
                            + " Zone that offers t3.small; choose one with subnet_id, or another instance type.");

            ec2.modifySubnetAttribute(r -> r.subnetId(open).mapPublicIpOnLaunch(yes -> yes.value(true)));

            blueprint.variables(InstanceRequest.with("vpc_id", vpc));
            assertThat(instanceOf(blueprint.plannedJson()).path("subnet_id").asText()).isEqualTo(open);
            blueprint.variables(InstanceRequest.with("vpc_id", vpc, "public_ip", false));
            assertThat(instanceOf(blueprint.plannedJson()).path("subnet_id").asText()).isEqualTo(closed);
            assertThat(refusal(InstanceRequest.with("vpc_id", "vpc-0123456789abcdef0", "subnet_id", open)))
                    .isEqualTo("subnet_id is of " + vpc + ", not of the VPC in vpc_id.");
        }
    }

    private String refusal(Map<String, Object> request) {
        blueprint.variables(request);
        BlueprintDirectory.Result plan = blueprint.plan();
        assertThat(plan.exitCode()).as(plan.text()).isEqualTo(1);
        return plan.events("diagnostic").get(0).path("diagnostic").path("detail").asText();
    }

    private static JsonNode instanceOf(JsonNode plan) {
        return plan.path("resource_changes").valueStream()
                .filter(change -> change.path("address").asText().equals(InstanceRequest.INSTANCE))
                .map(change -> change.path("change").path("after"))
                .findFirst()
                .orElseThrow();
    }

    private static Instance instance(Ec2Client ec2, String id) {
        return ec2.describeInstances(r -> r.instanceIds(id)).reservations().get(0).instances().get(0);
    }
}
