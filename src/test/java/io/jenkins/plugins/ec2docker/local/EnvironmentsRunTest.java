package io.jenkins.plugins.ec2docker.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers.Xml;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** A request that says little more than its environment, over its whole life, with real Terraform and the real AWS provider. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentsRunTest {

    private static final String AUTOSCALED = """
            name: shop
            blueprint: autoscaled
            region: eu-central-1
            environment: %s
            containers: [{image: "nginx:1.27", ports: ["8080:80"]}]
            """;
    private static final String FARGATE = """
            name: shop
            blueprint: fargate
            region: eu-central-1
            environment: %s
            containers: [{image: "nginx:1.27", ports: ["8080:8080"]}]
            database: {}
            """;

    @TempDir
    Path directory;

    private Moto moto;
    private AwsAnswers aws;

    @BeforeEach
    void start() {
        moto = Moto.start();
        aws = new AwsAnswers(moto);
    }

    @AfterEach
    void stop() {
        moto.close();
    }

    @ParameterizedTest
    @CsvSource({
        "development, 10.0.0.0/16, 2, 1, t3.small, 1, 3, true, 0",
        "staging, 10.1.0.0/16, 2, 1, t3.medium, 2, 4, false, 14",
        "production, 10.2.0.0/16, 3, 3, t3.large, 3, 10, false, 30"
    })
    void an_environment_on_a_group_lives_as_its_table_says(
            String environment, String cidr, int zones, int gateways, String type, String min, String max, boolean spot, int days)
            throws Exception {
        RunReport made = lived(AUTOSCALED.formatted(environment), report -> {
            assertNetwork(cidr, zones, gateways);
            Xml group = aws.query("autoscaling", "2011-01-01", "DescribeAutoScalingGroups",
                    "AutoScalingGroupNames.member.1", report.deployment().id());
            assertThat(group.one("//AutoScalingGroups/member/MinSize")).isEqualTo(min);
            assertThat(group.one("//AutoScalingGroups/member/MaxSize")).isEqualTo(max);
            assertThat(group.all("//MixedInstancesPolicy/InstancesDistribution/SpotAllocationStrategy")).hasSize(spot ? 1 : 0);
            try (Ec2Client ec2 = moto.ec2()) {
                assertThat(ec2.describeLaunchTemplateVersions(r -> r.versions("$Latest").launchTemplateId(
                        ec2.describeLaunchTemplates().launchTemplates().get(0).launchTemplateId())).launchTemplateVersions())
                        .singleElement()
                        .satisfies(version -> assertThat(version.launchTemplateData().instanceTypeAsString()).isEqualTo(type));
            }
            assertBackup(days);
            assertAlarms(days > 0);
        });
        assertThat(made.deployment().blueprint()).isEqualTo("autoscaled");
    }

    @ParameterizedTest
    @CsvSource({
        "development, 10.0.0.0/16, 2, 1, 1, 256, 512, db.t3.micro, false, 0",
        "staging, 10.1.0.0/16, 2, 1, 2, 256, 512, db.t3.micro, false, 14",
        "production, 10.2.0.0/16, 3, 3, 3, 512, 1024, db.t3.small, true, 30"
    })
    void an_environment_on_fargate_lives_as_its_table_says(String environment, String cidr, int zones, int gateways, int tasks, String cpu,
            String memory, String databaseClass, String multiAz, int days) throws Exception {
        RunReport made = lived(FARGATE.formatted(environment), report -> {
            assertNetwork(cidr, zones, gateways);
            JsonNode service = aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeServices", "{\"cluster\": \""
                    + text(report, "cluster_name") + "\", \"services\": [\"" + text(report, "service_name") + "\"]}").path("services")
                    .path(0);
            assertThat(service.path("desiredCount").asInt()).isEqualTo(tasks);
            JsonNode definition = aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition",
                    "{\"taskDefinition\": \"" + text(report, "task_definition_arn") + "\"}").path("taskDefinition");
            assertThat(definition.path("cpu").asText()).isEqualTo(cpu);
            assertThat(definition.path("memory").asText()).isEqualTo(memory);
            JsonNode target = aws.json("application-autoscaling", "AnyScaleFrontendService.DescribeScalableTargets",
                    "{\"ServiceNamespace\": \"ecs\"}").path("ScalableTargets").path(0);
            assertThat(target.path("MinCapacity").asInt()).isEqualTo(tasks);
            assertThat(target.path("MaxCapacity").asInt()).isEqualTo(6);
            Xml database = aws.query("rds", "2014-10-31", "DescribeDBInstances");
            assertThat(database.one("//DBInstance/DBInstanceClass")).isEqualTo(databaseClass);
            assertThat(database.one("//DBInstance/MultiAZ")).isEqualToIgnoringCase(multiAz);
            assertBackup(days);
        });
        assertThat(made.deployment().blueprint()).isEqualTo("fargate");
    }

    private interface Look {
        void at(RunReport made) throws Exception;
    }

    /** Provision, look, the same again, another image, destruction. */
    private RunReport lived(String yaml, Look look) throws Exception {
        RunReport first = provisioner().provision(request(yaml), null);
        assertThat(first.result().message()).isEqualTo("Provisioned.");
        look.at(first);

        assertThat(provisioner().provision(request(yaml), null).result().message()).isEqualTo("Nothing to change.");
        assertThat(provisioner().provision(request(yaml.replace("nginx:1.27", "nginx:1.28")), null).result().message())
                .isEqualTo("Provisioned.");

        assertThat(provisioner().destroy("shop").result())
                .isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        try (Ec2Client ec2 = moto.ec2()) {
            assertThat(ours(ec2)).isEmpty();
        }
        return first;
    }

    private void assertNetwork(String cidr, int zones, int gateways) {
        try (Ec2Client ec2 = moto.ec2()) {
            assertThat(ours(ec2)).singleElement().satisfies(vpc -> {
                assertThat(vpc.cidrBlock()).isEqualTo(cidr);
                assertThat(ec2.describeSubnets(r -> r.filters(in(vpc))).subnets()).extracting(Subnet::availabilityZone)
                        .hasSizeGreaterThan(zones);
                assertThat(ec2.describeSubnets(r -> r.filters(in(vpc))).subnets().stream().map(Subnet::availabilityZone).distinct())
                        .hasSize(zones);
                assertThat(ec2.describeNatGateways(r -> r.filter(in(vpc))).natGateways()).extracting(NatGateway::vpcId).hasSize(gateways);
            });
        }
    }

    private void assertBackup(int days) throws Exception {
        JsonNode plans = aws.get("backup", "/backup/plans/").path("BackupPlansList");
        assertThat(plans).hasSize(days == 0 ? 0 : 1);
        if (days > 0) {
            JsonNode rules = aws.get("backup", "/backup/plans/" + plans.path(0).path("BackupPlanId").asText() + "/").path("BackupPlan")
                    .path("Rules");
            assertThat(rules.findValuesAsText("DeleteAfterDays")).contains(String.valueOf(days));
        }
    }

    private void assertAlarms(boolean there) {
        List<String> alarms = aws.query("monitoring", "2010-08-01", "DescribeAlarms").all("//MetricAlarms/member/AlarmName");
        assertThat(alarms.stream().anyMatch(name -> name.contains("unhealthy"))).as(alarms.toString()).isEqualTo(there);
    }

    private static List<Vpc> ours(Ec2Client ec2) {
        return ec2.describeVpcs().vpcs().stream().filter(vpc -> !vpc.isDefault()).toList();
    }

    private static Filter in(Vpc vpc) {
        return Filter.builder().name("vpc-id").values(vpc.vpcId()).build();
    }

    private static String text(RunReport report, String output) {
        return report.deployment().outputs().get(output).asText();
    }

    private LocalEngine provisioner() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(moto.environment());
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice");
        return new LocalEngine(new DeploymentStore(directory, Encryption.NONE), settings, new EnvironmentCredentials(environment)::find,
                RunObserver.NONE,
                Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
