package io.jenkins.plugins.ec2docker.upkeep.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftedAttribute;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What happens behind Terraform's back, with real Terraform and the real AWS provider. */
@ExtendWith(MotoExtension.class)
class DriftCheckTest {
    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            tags: {CostCenter: "4711"}
            """;

    @Test
    void drift_is_what_others_changed_and_nothing_else(Moto aws, @TempDir Path directory) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice");
        LocalEngine provisioner =
                new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, RunObserver.NONE, Clock.systemUTC());
        Deployment made = provisioner
                .provision(RequestParser.parse(DocumentReader.read(REQUEST, DocumentReader.Format.YAML)).orElseThrow(), null)
                .deployment();
        String instance = made.outputs().get("instance_id").asText();
        String group = made.outputs().get("security_group_id").asText();
        int states = store.states("web").list().size();

        DriftReport untouched = provisioner.drift("web");

        assertThat(untouched.drifts()).isEmpty();
        assertThat(untouched.message()).isEqualTo("Deployment \"web\" is as it was applied.");

        try (Ec2Client ec2 = aws.ec2()) {
            ec2.createTags(r -> r.resources(instance).tags(Tag.builder().key("CostCenter").value("0815").build()));
            ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(tcp(22, "0.0.0.0/0")));
            ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(tcp(80, "0.0.0.0/0")));
        }

        DriftReport touched = provisioner.drift("web");

        assertThat(touched.drifts()).anySatisfy(drift -> {
            assertThat(drift.address()).startsWith("aws_instance.this");
            assertThat(drift.attribute()).isEqualTo("tags_all.CostCenter");
            assertThat(drift.recorded()).isEqualTo("4711");
            assertThat(drift.real()).isEqualTo("0815");
        });
        assertThat(touched.drifts())
                .contains(new DriftedAttribute("aws_security_group.this[\"default\"]", "ingress", "nothing", "tcp/22, 0.0.0.0/0"));
        assertThat(touched.drifts()).anySatisfy(drift -> {
            assertThat(drift.address()).startsWith("aws_vpc_security_group_ingress_rule.this");
            assertThat(drift.real()).isEqualTo("gone");
        });
        assertThat(touched.drifts()).hasSize(3);
        assertThat(touched.message()).contains("differs from what was applied in 3 places").contains(made.appliedRun());

        try (Ec2Client ec2 = aws.ec2()) {
            ec2.terminateInstances(r -> r.instanceIds(instance));
        }
        assertThat(provisioner.drift("web").drifts())
                .anySatisfy(drift -> assertThat(drift.address() + " " + drift.real()).matches("aws_instance\\.this.* gone"));
        assertThat(store.find("web").orElseThrow()).as("nothing is remembered of it").isEqualTo(made);
        assertThat(store.states("web").list()).hasSize(states);
    }

    private static IpPermission tcp(int port, String cidr) {
        return IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port).ipRanges(IpRange.builder().cidrIp(cidr).build())
                .build();
    }
}
