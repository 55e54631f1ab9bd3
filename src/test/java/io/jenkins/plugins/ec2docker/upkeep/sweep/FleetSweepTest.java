package io.jenkins.plugins.ec2docker.upkeep.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggingApiCleanup;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunSummaries;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
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

        List<OrphanedResource> items = sweep(Sweep.Act.REMOVE);

        assertThat(items).filteredOn(item -> item.resource().kind() != ResourceKind.ENCRYPTION_KEY)
                .allSatisfy(item -> assertThat(item.outcome()).as(item.toString()).isEmpty());
        assertThat(items).extracting(item -> item.resource().kind()).contains(
                ResourceKind.SCALING_GROUP, ResourceKind.INSTANCE, ResourceKind.LISTENER, ResourceKind.LOAD_BALANCER,
                ResourceKind.TARGET_GROUP,
                ResourceKind.LAUNCH_TEMPLATE, ResourceKind.EVENT_RULE, ResourceKind.ALARM, ResourceKind.TOPIC, ResourceKind.ASSOCIATION,
                ResourceKind.DOCUMENT,
                ResourceKind.PARAMETER, ResourceKind.BACKUP_PLAN, ResourceKind.BACKUP_VAULT, ResourceKind.FLOW_LOG, ResourceKind.ENDPOINT,
                ResourceKind.NAT_GATEWAY,
                ResourceKind.ADDRESS, ResourceKind.INGRESS_RULE, ResourceKind.SUBNET, ResourceKind.ROUTE_TABLE, ResourceKind.NETWORK_ACL,
                ResourceKind.SECURITY_GROUP,
                ResourceKind.INTERNET_GATEWAY, ResourceKind.VPC, ResourceKind.ROLE, ResourceKind.LOG_GROUP)
                .doesNotContain(ResourceKind.OTHER);
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
        assertThat(sweep(Sweep.Act.LOOK, Duration.ofDays(36_500))).as("young, and some of it never removed").allSatisfy(item -> {
            ResourceKind kind = item.resource().kind();
            String why = kind == ResourceKind.DATABASE || kind == ResourceKind.IMAGE_REPOSITORY
                    ? "a sweep never removes what people's data are in"
                    : kind == ResourceKind.ENCRYPTION_KEY ? "nobody could read again what was encrypted with it"
                            : kind.isOfNetwork() ? "database arn:aws:rds:" : "it is younger than 36500d";
            assertThat(item.kept()).as(item.toString()).startsWith(why);
        });

        List<OrphanedResource> items = sweep(Sweep.Act.REMOVE);

        assertThat(items).filteredOn(OrphanedResource::isRemoved).extracting(item -> item.resource().kind()).contains(
                ResourceKind.TASK_SERVICE,
                ResourceKind.CLUSTER, ResourceKind.TASK_DEFINITION, ResourceKind.LOAD_BALANCER, ResourceKind.TARGET_GROUP,
                ResourceKind.NAT_GATEWAY, ResourceKind.ADDRESS,
                ResourceKind.LOG_GROUP, ResourceKind.ROLE);
        assertThat(items).filteredOn(item -> !item.isRemoved()).allSatisfy(item -> assertThat(item.kept()).as(item.toString()).isNotNull())
                .extracting(item -> item.resource().kind()).contains(ResourceKind.DATABASE, ResourceKind.IMAGE_REPOSITORY,
                        ResourceKind.ENCRYPTION_KEY,
                        ResourceKind.SUBNET_GROUP, ResourceKind.PARAMETER_GROUP, ResourceKind.SUBNET, ResourceKind.SECURITY_GROUP,
                        ResourceKind.VPC);
        assertThat(items).filteredOn(item -> item.resource().kind() == ResourceKind.DATABASE).singleElement()
                .satisfies(item -> assertThat(item.kept())
                        .isEqualTo("a sweep never removes what people's data are in; delete it in AWS once nobody needs them"));
        assertThat(items).filteredOn(item -> item.resource().kind() == ResourceKind.VPC).singleElement()
                .satisfies(item -> assertThat(item.kept())
                        .startsWith("database arn:aws:rds:eu-central-1:")
                        .endsWith(" needs it, which a sweep never removes; delete that in AWS once nobody needs"
                                + " it, and sweep again"));

        aws.query("rds", "2014-10-31", "DeleteDBInstance", "DBInstanceIdentifier",
                aws.query("rds", "2014-10-31", "DescribeDBInstances").one("//DBInstance/DBInstanceIdentifier"), "SkipFinalSnapshot",
                "true");

        List<OrphanedResource> rest = sweep(Sweep.Act.REMOVE);
        assertThat(rest).as(rest.toString()).filteredOn(item -> !item.isRemoved()).extracting(item -> item.resource().kind())
                .containsOnly(ResourceKind.IMAGE_REPOSITORY, ResourceKind.ENCRYPTION_KEY);
        try (Ec2Client ec2 = moto.ec2()) {
            assertThat(ec2.describeVpcs().vpcs()).allMatch(vpc -> vpc.isDefault());
        }
    }

    /** As after a disk that broke before the state was written: that there were runs is still known. */
    private void provisionAndLoseTheState(String yaml, String blueprint) throws Exception {
        store = new DeploymentStore(directory.resolve("before"), Encryption.NONE);
        RunReport report = provisioner().provision(RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow(),
                blueprint.equals("autoscaled") ? "username\nada\n".getBytes(UTF_8) : null);
        assertThat(report.result().message()).isEqualTo("Provisioned.");
        assertThat(sweep(Sweep.Act.LOOK)).isEmpty();
        store = new DeploymentStore(directory.resolve("after"), Encryption.NONE);
        store.save(Deployment.begin(report.deployment().name(), report.deployment().id(), blueprint, "eu-central-1", "alice", LONG_AGO)
                .beginRun(RunSummaries.begun("r1", LONG_AGO)));
    }

    /** Two days later, so that nothing is too young. */
    private List<OrphanedResource> sweep(Sweep.Act act) throws Exception {
        return sweep(act, Duration.ofDays(1));
    }

    private List<OrphanedResource> sweep(Sweep.Act act, Duration grace) throws Exception {
        return new Sweep(store, new Ec2AndIamResources(AwsSettings.of("eu-central-1", moto.environment())),
                new TaggingApiCleanup("eu-central-1", moto.environment(), true), (keys, resource) -> Optional.empty(), "alice",
                Clock.offset(Clock.systemUTC(), Duration.ofDays(2)), notes::add).run(KEYS, grace, act);
    }

    private LocalEngine provisioner() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(moto.environment());
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice");
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, new RunObserver() {}, Clock.systemUTC());
    }
}
