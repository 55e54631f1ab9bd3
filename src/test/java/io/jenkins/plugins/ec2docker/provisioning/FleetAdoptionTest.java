package io.jenkins.plugins.ec2docker.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.AwsOwnedResources;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.ResourceTags;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** A network that a state knows or knew, and one that none ever did. */
@ExtendWith(MotoExtension.class)
class FleetAdoptionTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Moto moto;
    private DeploymentStore store;
    private String known;
    private String forgotten;
    private String unknown;

    @BeforeEach
    void three_networks_of_a_living_deployment(Moto started) throws Exception {
        moto = started;
        moto.reset();
        known = network("10.1.0.0/16");
        forgotten = network("10.2.0.0/16");
        unknown = network("10.3.0.0/16");
        store = new DeploymentStore(directory, Seal.NONE);
        store.save(Deployment.begin("shop", "shop-0000000a", "autoscaled", "eu-central-1", "alice", LONG_AGO)
                .beginRun(RunSummaries.begun("r1", LONG_AGO))
                .applying("r1", new Deployment.Boot("digest", "r1"), null, LONG_AGO));
        store.states("shop").add("r1", state(1, vpc("this", known), vpc("other", forgotten)).getBytes(UTF_8));
        store.states("shop").add("r2", state(2, vpc("this", known)).getBytes(UTF_8));
    }

    @Test
    void what_the_latest_state_knows_is_not_left_over_and_what_an_earlier_one_knew_is_not_removed() throws Exception {
        List<SweepItem> items = sweep(Sweep.Act.REMOVE);

        assertThat(items).filteredOn(SweepItem::isRemoved).extracting(item -> item.resource().id()).containsExactly(arn(unknown));
        assertThat(items).filteredOn(item -> !item.isRemoved()).singleElement().satisfies(item -> {
            assertThat(item.resource().id()).isEqualTo(arn(forgotten));
            assertThat(item.kept()).isEqualTo("state version 1 of its deployment knew it; once taken over, it goes with its deployment");
        });
        assertThat(networks()).containsExactlyInAnyOrder(known, forgotten);
    }

    @Test
    void what_an_earlier_state_knew_is_taken_over() throws Exception {
        assertThat(sweep(Sweep.Act.ADOPT)).filteredOn(SweepItem::adopted).extracting(item -> item.resource().id()).containsExactly(arn(forgotten));

        assertThat(sweep(Sweep.Act.LOOK)).extracting(item -> item.resource().id()).containsExactly(arn(unknown));
        assertThat(networks()).hasSize(3);
    }

    private List<SweepItem> sweep(Sweep.Act act) throws Exception {
        return new Sweep(store, new AwsOwnedResources(AwsSettings.of("eu-central-1", moto.environment())),
                new ResourceTags("eu-central-1", moto.environment()), (keys, resource) -> Optional.empty(), "alice", Clock.systemUTC(), note -> { })
                .run(SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret"), Duration.ofDays(1), act);
    }

    private String network(String cidr) {
        try (Ec2Client ec2 = moto.ec2()) {
            return ec2.createVpc(r -> r.cidrBlock(cidr).tagSpecifications(TagSpecification.builder().resourceType(ResourceType.VPC).tags(
                    tag("ec2-docker:managed-by", "ec2-docker"), tag("ec2-docker:deployment", "shop-0000000a"), tag("ec2-docker:name", "shop"))
                    .build())).vpc().vpcId();
        }
    }

    private List<String> networks() {
        try (Ec2Client ec2 = moto.ec2()) {
            return ec2.describeVpcs().vpcs().stream().filter(vpc -> !vpc.isDefault()).map(Vpc::vpcId).toList();
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String arn(String vpc) {
        return "arn:aws:ec2:eu-central-1:123456789012:vpc/" + vpc;
    }

    private static String vpc(String name, String id) {
        return """
                {"mode": "managed", "type": "aws_vpc", "name": "%s", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
                 "instances": [{"schema_version": 1, "attributes": {"id": "%s", "arn": "%s"}}]}
                """.formatted(name, id, arn(id));
    }

    private static String state(int serial, String... resources) {
        return """
                {"version": 4, "terraform_version": "1.11.4", "serial": %d, "lineage": "1", "outputs": {}, "resources": [%s], "check_results": null}
                """.formatted(serial, String.join(",", resources));
    }
}
