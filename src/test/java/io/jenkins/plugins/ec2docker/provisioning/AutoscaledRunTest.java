package io.jenkins.plugins.ec2docker.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.BaseCredentials;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.RequestDocument;
import io.jenkins.plugins.ec2docker.request.RequestParser;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers.Xml;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A deployment of blueprint {@code autoscaled} by the whole engine, with real Terraform and the real AWS provider. */
@ExtendWith(MotoExtension.class)
class AutoscaledRunTest {

    private static final String REQUEST = """
            name: shop
            blueprint: autoscaled
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
                ports: ["8080:80"]
            network: {nat: none, endpoints: [], flowLogs: false, ingressCidrs: [203.0.113.0/24]}
            scaling: {min: 2, max: 4}
            bastion: {}
            tags: {CostCenter: "4711"}
            """;
    private static final byte[] USERS = "username,email\nada,ada@example.com\n".getBytes(UTF_8);

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private Moto moto;
    private AwsAnswers aws;
    private DeploymentStore store;

    @BeforeEach
    void start(Moto started) {
        moto = started;
        moto.reset();
        aws = new AwsAnswers(moto);
        store = new DeploymentStore(directory, Seal.NONE);
    }

    @Test
    void a_request_becomes_a_group_is_left_alone_is_refreshed_is_rolled_back_and_goes() throws Exception {
        RunReport first = provisioner().provision(request(REQUEST), USERS);

        assertThat(first.result()).isEqualTo(new Result(Result.Status.SUCCEEDED, "Provisioned.", true));
        String id = first.deployment().id();
        List<String> instances = instances(id);
        assertThat(instances).hasSize(2);
        assertThat(health(first)).containsExactly("healthy", "healthy");
        assertThat(group(id).one("//AutoScalingGroups/member/MaxSize")).isEqualTo("4");
        assertThat(first.deployment().outputs().get("autoscaling_group_name").asText()).isEqualTo(id);
        assertThat(new String(store.inputs("shop", first.run().id()).contents().get("bootstrap/boot.sh"), UTF_8)).contains("\nGROUP='" + id + "'\n");
        assertThat(notes).contains("2 of 2 instances of launch template version 1 are in service; 2 of 2 targets are healthy.");

        RunReport again = provisioner().provision(request(REQUEST), USERS);

        assertThat(again.result().message()).isEqualTo("Nothing to change.");
        assertThat(instances(id)).isEqualTo(instances);

        RunReport update = provisioner().provision(request(REQUEST.replace("nginx:1.27", "nginx:1.28")), USERS);

        assertThat(update.result().message()).isEqualTo("Provisioned.");
        assertThat(update.run().isHandover()).isFalse();
        assertThat(instances(id)).hasSize(2).doesNotContainAnyElementsOf(instances);
        assertThat(health(update)).contains("healthy");
        assertThat(update.deployment().outputs().get("launch_template_version").asInt()).isEqualTo(2);

        assertThat(provisioner().rollback("shop", first.run().id()).result().succeeded()).isTrue();
        assertThat(store.rendered("shop", store.find("shop").orElseThrow().appliedRun()).containers().get(0).image().toString()).isEqualTo("nginx:1.27");

        RunReport gone = provisioner().destroy("shop");

        assertThat(gone.result()).isEqualTo(new Result(Result.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        assertThat(group(id).all("//AutoScalingGroups/member")).isEmpty();
        assertThat(moto.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
        assertThat(gone.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
    }

    private List<String> instances(String group) {
        return group(group).all("//AutoScalingGroups/member/Instances/member/InstanceId").stream().sorted().toList();
    }

    private Xml group(String name) {
        return aws.query("autoscaling", "2011-01-01", "DescribeAutoScalingGroups", "AutoScalingGroupNames.member.1", name);
    }

    private List<String> health(RunReport report) {
        return aws.query("elasticloadbalancing", "2015-12-01", "DescribeTargetHealth", "TargetGroupArn",
                report.deployment().outputs().get("target_group_arn").asText()).all("//TargetHealth/State");
    }

    private Provisioner provisioner() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(moto.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5, Duration.ofMinutes(1), "alice");
        RunListener listener = new RunListener() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        return new Provisioner(store, settings, new BaseCredentials(environment)::find, listener, Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(RequestDocument.read(yaml, RequestDocument.Format.YAML)).orElseThrow();
    }
}
