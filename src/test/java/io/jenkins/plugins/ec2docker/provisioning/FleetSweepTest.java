package io.jenkins.plugins.ec2docker.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.AwsOwnedResources;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.BaseCredentials;
import io.jenkins.plugins.ec2docker.aws.OwnedKind;
import io.jenkins.plugins.ec2docker.aws.ResourceTags;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.RequestDocument;
import io.jenkins.plugins.ec2docker.request.RequestParser;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What becomes of a deployment of several instances or tasks whose state is lost, with real Terraform and the real AWS provider. */
@ExtendWith(MotoExtension.class)
@Tag("long")
class FleetSweepTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private static final String AUTOSCALED = """
            name: shop
            blueprint: autoscaled
            region: eu-central-1
            instanceType: t3.small
            containers:
              - {image: "nginx:1.27", ports: ["8080:80"]}
            network: {zones: 2, nat: single, endpoints: [s3, ssm], ingressCidrs: [203.0.113.0/24]}
            scaling: {min: 2, max: 4}
            monitoring: {mails: [ops@example.com]}
            backup: {}
            bastion: {}
            """;

    private static final String FARGATE = """
            name: api
            blueprint: fargate
            region: eu-central-1
            containers:
              - {name: api, image: "nginx:1.27", ports: ["8080:8080"]}
            network: {nat: single, endpoints: [], flowLogs: false, ingressCidrs: [203.0.113.0/24]}
            scaling: {min: 2, max: 4}
            database: {finalSnapshot: false}
            registry: {}
            """;

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
    }

    @Test
    void all_of_a_group_with_its_network_goes_in_an_order_that_works_and_its_key_is_named() throws Exception {
        provisionAndLoseTheState(AUTOSCALED, "autoscaled");

        List<SweepItem> items = sweep(Sweep.Act.REMOVE);

        assertThat(items).filteredOn(item -> item.resource().kind() != OwnedKind.ENCRYPTION_KEY)
                .allSatisfy(item -> assertThat(item.outcome()).as(item.toString()).isEmpty());
        assertThat(items).extracting(item -> item.resource().kind()).contains(
                OwnedKind.SCALING_GROUP, OwnedKind.INSTANCE, OwnedKind.LISTENER, OwnedKind.LOAD_BALANCER, OwnedKind.TARGET_GROUP,
                OwnedKind.LAUNCH_TEMPLATE, OwnedKind.EVENT_RULE, OwnedKind.ALARM, OwnedKind.TOPIC, OwnedKind.ASSOCIATION, OwnedKind.DOCUMENT,
                OwnedKind.PARAMETER, OwnedKind.BACKUP_PLAN, OwnedKind.BACKUP_VAULT, OwnedKind.FLOW_LOG, OwnedKind.ENDPOINT, OwnedKind.NAT_GATEWAY,
                OwnedKind.ADDRESS, OwnedKind.INGRESS_RULE, OwnedKind.SUBNET, OwnedKind.ROUTE_TABLE, OwnedKind.NETWORK_ACL, OwnedKind.SECURITY_GROUP,
                OwnedKind.INTERNET_GATEWAY, OwnedKind.VPC, OwnedKind.ROLE, OwnedKind.LOG_GROUP).doesNotContain(OwnedKind.OTHER);
        assertThat(sweep(Sweep.Act.LOOK)).singleElement().satisfies(item -> assertThat(item.kept())
                .isEqualTo("nobody could read again what was encrypted with it; schedule its deletion in AWS KMS once nobody needs that"));
        try (Ec2Client ec2 = moto.ec2()) {
            assertThat(ec2.describeVpcs().vpcs()).allMatch(vpc -> vpc.isDefault());
            assertThat(ec2.describeInstances().reservations()).flatMap(each -> each.instances())
                    .allMatch(instance -> instance.state().nameAsString().equals("terminated"));
            assertThat(ec2.describeLaunchTemplates().launchTemplates()).isEmpty();
        }
        assertThat(aws.query("elasticloadbalancing", "2015-12-01", "DescribeLoadBalancers").all("//LoadBalancers/member")).isEmpty();
        assertThat(aws.query("elasticloadbalancing", "2015-12-01", "DescribeTargetGroups").all("//TargetGroups/member")).isEmpty();
        assertThat(aws.query("autoscaling", "2011-01-01", "DescribeAutoScalingGroups").all("//AutoScalingGroups/member")).isEmpty();
        assertThat(moto.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
    }

    @Test
    void a_service_goes_and_its_database_stays_with_the_network_that_it_is_reached_by() throws Exception {
        provisionAndLoseTheState(FARGATE, "fargate");

        List<SweepItem> items = sweep(Sweep.Act.REMOVE);

        assertThat(items).filteredOn(SweepItem::isRemoved).extracting(item -> item.resource().kind()).contains(OwnedKind.TASK_SERVICE,
                OwnedKind.CLUSTER, OwnedKind.TASK_DEFINITION, OwnedKind.LOAD_BALANCER, OwnedKind.TARGET_GROUP, OwnedKind.NAT_GATEWAY, OwnedKind.ADDRESS,
                OwnedKind.LOG_GROUP, OwnedKind.ROLE);
        assertThat(items).filteredOn(item -> !item.isRemoved()).allSatisfy(item -> assertThat(item.kept()).as(item.toString()).isNotNull())
                .extracting(item -> item.resource().kind()).contains(OwnedKind.DATABASE, OwnedKind.IMAGE_REPOSITORY, OwnedKind.ENCRYPTION_KEY,
                        OwnedKind.SUBNET_GROUP, OwnedKind.PARAMETER_GROUP, OwnedKind.SUBNET, OwnedKind.SECURITY_GROUP, OwnedKind.VPC);
        assertThat(items).filteredOn(item -> item.resource().kind() == OwnedKind.DATABASE).singleElement().satisfies(item -> assertThat(item.kept())
                .isEqualTo("a sweep never removes what people's data are in; delete it in AWS once nobody needs them"));
        assertThat(items).filteredOn(item -> item.resource().kind() == OwnedKind.VPC).singleElement().satisfies(item -> assertThat(item.kept())
                .startsWith("database arn:aws:rds:eu-central-1:").endsWith(" needs it, which a sweep never removes; delete that in AWS once nobody needs"
                        + " it, and sweep again"));

        aws.query("rds", "2014-10-31", "DeleteDBInstance", "DBInstanceIdentifier",
                aws.query("rds", "2014-10-31", "DescribeDBInstances").one("//DBInstance/DBInstanceIdentifier"), "SkipFinalSnapshot", "true");

        List<SweepItem> rest = sweep(Sweep.Act.REMOVE);
        assertThat(rest).as(rest.toString()).filteredOn(item -> !item.isRemoved()).extracting(item -> item.resource().kind())
                .containsOnly(OwnedKind.IMAGE_REPOSITORY, OwnedKind.ENCRYPTION_KEY);
        try (Ec2Client ec2 = moto.ec2()) {
            assertThat(ec2.describeVpcs().vpcs()).allMatch(vpc -> vpc.isDefault());
        }
    }

    /** As after a disk that broke before the state was written: that there were runs is still known. */
    private void provisionAndLoseTheState(String yaml, String blueprint) throws Exception {
        store = new DeploymentStore(directory.resolve("before"), Seal.NONE);
        RunReport report = provisioner().provision(RequestParser.parse(RequestDocument.read(yaml, RequestDocument.Format.YAML)).orElseThrow(),
                blueprint.equals("autoscaled") ? "username\nada\n".getBytes(UTF_8) : null);
        assertThat(report.result().message()).isEqualTo("Provisioned.");
        assertThat(sweep(Sweep.Act.LOOK)).isEmpty();
        store = new DeploymentStore(directory.resolve("after"), Seal.NONE);
        store.save(Deployment.begin(report.deployment().name(), report.deployment().id(), blueprint, "eu-central-1", "alice", LONG_AGO)
                .beginRun(RunSummaries.begun("r1", LONG_AGO)));
    }

    /** Two days later, so that nothing is too young. */
    private List<SweepItem> sweep(Sweep.Act act) throws Exception {
        return new Sweep(store, new AwsOwnedResources(AwsSettings.of("eu-central-1", moto.environment())),
                new ResourceTags("eu-central-1", moto.environment()), (keys, resource) -> Optional.empty(), "alice",
                Clock.offset(Clock.systemUTC(), Duration.ofDays(2)), notes::add).run(KEYS, Duration.ofDays(1), act);
    }

    private Provisioner provisioner() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(moto.environment());
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice");
        return new Provisioner(store, settings, new BaseCredentials(environment)::find, new RunListener() {}, Clock.systemUTC());
    }
}
