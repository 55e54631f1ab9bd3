package io.jenkins.plugins.ec2docker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggingApiCleanup;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers.Xml;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.testing.PolicyEvaluation;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import io.jenkins.plugins.ec2docker.upkeep.sweep.OrphanedResource;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

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
            instancePolicy: '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "rekognition:DetectLabels", "Resource": "*"}]}'
            expiresAfter: 8h
            tags: {CostCenter: "4711"}
            """;
    private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
    private static final byte[] USERS = "username,email\nada,ada@example.com\n".getBytes(UTF_8);

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private Moto moto;
    private RecordedCalls calls;
    private AwsAnswers aws;
    private DeploymentStore store;

    @BeforeEach
    void start(Moto started) {
        moto = started;
        moto.reset();
        calls = new RecordedCalls(moto);
        aws = new AwsAnswers(moto);
        store = new DeploymentStore(directory, Encryption.NONE);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void a_request_becomes_a_group_is_left_alone_is_refreshed_is_rolled_back_and_goes() throws Exception {
        RunReport first = provisioner().provision(request(REQUEST), USERS);

        assertThat(first.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true));
        String id = first.deployment().id();
        List<String> instances = instances(id);
        assertThat(instances).hasSize(2);
        assertThat(health(first)).containsExactly("healthy", "healthy");
        assertThat(group(id).one("//AutoScalingGroups/member/MaxSize")).isEqualTo("4");
        assertThat(first.deployment().outputs().get("autoscaling_group_name").asText()).isEqualTo(id);
        assertThat(new String(store.inputs("shop", first.run().id()).contents().get("bootstrap/boot.sh"), UTF_8))
                .contains("\nGROUP='" + id + "'\n");
        assertThat(notes).contains("2 of 2 instances of launch template version 1 are in service; 2 of 2 targets are healthy.");

        assertThat(moto.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).hasSize(2).allSatisfy(role -> assertThat(
                moto.iam().getRole(r -> r.roleName(role.roleName())).role().permissionsBoundary().permissionsBoundaryArn())
                .isEqualTo(BOUNDARY));
        assertThat(moto.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles().stream()
                .filter(role -> moto.iam().listRolePolicies(r -> r.roleName(role.roleName())).policyNames().contains("further")))
                .hasSize(1);

        assertThat(sweep()).isEmpty();
        assertThat(provisioner().drift("shop").drifts()).isEmpty();

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
        assertThat(store.rendered("shop", store.find("shop").orElseThrow().appliedRun()).containers().get(0).image().toString())
                .isEqualTo("nginx:1.27");

        try (Ec2Client ec2 = moto.ec2()) {
            TagSpecification tags = TagSpecification.builder().resourceType(ResourceType.VPC).tags(
                    tag("ec2-docker:managed-by", "ec2-docker"), tag("ec2-docker:deployment", id), tag("ec2-docker:name", "shop")).build();
            String left = ec2.createVpc(r -> r.cidrBlock("10.9.0.0/16").tagSpecifications(tags)).vpc().vpcId();
            assertThat(sweep()).singleElement().satisfies(item -> {
                assertThat(item.resource().toString()).startsWith("VPC arn:aws:ec2:eu-central-1:").endsWith("vpc/" + left);
                assertThat(item.isRemovable()).isTrue();
            });
        }

        RunReport gone = provisioner().destroy("shop");

        assertThat(gone.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        assertThat(group(id).all("//AutoScalingGroups/member")).isEmpty();
        assertThat(moto.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
        assertThat(gone.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
        calls.save(Path.of("target", "lives", "autoscaled-run.jsonl"));
        assertThat(PolicyEvaluation.refused(calls, "provisioning-base", "provisioning-network", "provisioning-autoscaled",
                "provisioning-runs", "provisioning-options",
                "provisioning-boundary"))
                .isEmpty();
    }

    @Test
    void the_plan_is_held_against_the_guardrails_again_and_nothing_is_created() throws Exception {
        RunReport report = provisioner(Guardrails.read(DocumentReader.read("{instanceTypes: [t3.small], ingressCidrs: [10.0.0.0/8]}",
                DocumentReader.Format.YAML)).orElseThrow())
                .provision(request(REQUEST.replace("max: 4", "max: 4, instanceTypes: [m5.large]")), USERS);

        assertThat(report.result().status()).isEqualTo(RunResult.Status.REFUSED);
        assertThat(report.run().record(Action.REVIEW).orElseThrow().outcome().refusals()).extracting(Violation::toString)
                .containsExactlyInAnyOrder(
                        "aws_autoscaling_group.this.mixed_instances_policy.launch_template.override.instance_type \"m5.large\": is not allowed here; choose from:"
                                + " t3.small.",
                        "module.bastion[0].aws_instance.this.instance_type \"t3.nano\": is not allowed here; choose from: t3.small.",
                        "module.security.aws_vpc_security_group_ingress_rule.load_balancer[\"tcp/80 from 203.0.113.0/24\"].cidr_ipv4 \"203.0.113.0/24\": is not"
                                + " within an allowed network: 10.0.0.0/8.");
        assertThat(group(report.deployment().id()).all("//AutoScalingGroups/member")).isEmpty();
    }

    /** Two days later, so that nothing is too young. */
    private List<OrphanedResource> sweep() throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        return new Sweep(store, new Ec2AndIamResources(AwsSettings.of("eu-central-1", calls.environment())),
                new TaggingApiCleanup("eu-central-1", calls.environment(), true),
                (keys, resource) -> Optional.empty(), "alice", later, notes::add)
                .run(SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret"), Duration.ofDays(1), Sweep.Act.LOOK);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
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

    private LocalEngine provisioner() throws Exception {
        return provisioner(
                Guardrails.read(DocumentReader.read(
                        "{regions: [eu-central-1], instanceTypes: [\"t3.*\"], images: [\"nginx:*\"], ingressCidrs: [203.0.113.0/24],"
                                + " maxLifetime: 1d, defaultLifetime: 8h, permissionsBoundary: \"" + BOUNDARY + "\"}",
                        DocumentReader.Format.YAML)).orElseThrow());
    }

    private LocalEngine provisioner(Guardrails guardrails) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(calls.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, guardrails, 5, Duration.ofMinutes(1), "alice");
        RunObserver listener = new RunObserver() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, listener, Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
