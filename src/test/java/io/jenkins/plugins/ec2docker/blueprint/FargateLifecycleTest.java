package io.jenkins.plugins.ec2docker.blueprint;

import static io.jenkins.plugins.ec2docker.blueprint.Variables.ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers.Xml;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.testing.PolicyEvaluation;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * The blueprint {@code fargate} from its creation to its end, as AWS sees it: one life, looked at first, then planned again, changed and
 * destroyed. What moto does not do by itself is in {@code src/test/moto/services.py}.
 */
@ExtendWith(MotoExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@org.junit.jupiter.api.Tag("long")
class FargateLifecycleTest {

    private static final String TOKEN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf";
    private static final int LOOK = 1;
    private static final int AGAIN = 2;
    private static final int CHANGE = 3;
    private static final int DESTROY = 4;
    private static final int AFTERWARDS = 5;

    private RecordedCalls calls;
    private BlueprintDirectory blueprint;
    private ObjectNode variables;
    private AwsAnswers aws;
    private Ec2Client ec2;
    private IamClient iam;
    private String zone;

    @BeforeAll
    void apply(@TempDir Path directory, Moto moto) {
        calls = new RecordedCalls(moto);
        aws = new AwsAnswers(moto);
        ec2 = moto.ec2();
        iam = moto.iam();
        zone = aws.postXml("route53", "/2013-04-01/hostedzone",
                "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
                        + "<Name>example.com</Name><CallerReference>test</CallerReference></CreateHostedZoneRequest>")
                .one("//HostedZone/Id")
                .replace("/hostedzone/", "");
        variables = Variables.with(
                Variables.fargate(),
                "containers", """
                        [{"name": "web", "image": "team/web:1.0", "ports": [8080], "environment": {"MODE": "production"},
                          "secrets": {"TOKEN": "%s:key::"}, "user": "10000", "read_only": true, "drop_capabilities": ["ALL"],
                          "health_command": "wget -q localhost:8080/health"},
                         {"name": "cache", "image": "redis:7", "essential": false, "command": ["redis-server", "--save", ""], "memory": 128}]
                        """.formatted(TOKEN),
                "task", "{\"cpu\": 512, \"memory\": 1024, \"architecture\": \"arm64\"}",
                "scaling", """
                        {"min": 1, "max": 6, "steps": {}, "spot": {"on_demand_base": 1},
                         "schedules": {"day": {"cron": "0 8 * * MON-FRI", "time_zone": "Europe/Berlin", "min": 2, "max": 6}}}
                        """,
                "load_balancer", "{\"certificate_arn\": \"" + certificate(aws)
                        + "\", \"ingress_cidrs\": [\"0.0.0.0/0\"], \"health_check\": {\"path\": \"/health\"}}",
                "database", "{\"multi_az\": true, \"final_snapshot\": false}",
                "registry", "{}",
                "monitoring", "{\"mails\": [\"ops@example.com\"]}",
                "edge", "{\"domain_names\": [\"www.example.com\"], \"certificate_arn\": \"" + certificate(aws.in("us-east-1"))
                        + "\", \"zone_id\": \"" + zone
                        + "\", \"origin_domain_name\": \"origin.example.com\"}");
        blueprint = BlueprintDirectory.initialised("fargate", directory, calls.environment());
        blueprint.variables(Variables.map(variables));
        blueprint.apply();
    }

    @AfterAll
    void close() {
        calls.close();
        ec2.close();
        iam.close();
    }

    @Test
    @Order(LOOK)
    void is_formatted_and_valid_with_its_modules() {
        blueprint.run("fmt", "-check", "-diff", "-recursive", ".").mustSucceed();
        blueprint.run("validate").mustSucceed();
    }

    @Test
    @Order(LOOK)
    void whatever_can_be_tagged_carries_the_deployments_tags() {
        assertThat(blueprint.stateAttributes().entrySet().stream()
                .filter(each -> each.getValue().path("tags_all").isObject() && !each.getKey().contains("data."))
                .toList())
                .hasSizeGreaterThan(40)
                .allSatisfy(each -> assertThat(each.getValue().path("tags_all").path("ec2-docker:deployment").asText()).as(each.getKey())
                        .isEqualTo(ID));
    }

    @Test
    @Order(LOOK)
    void service_runs_tasks_in_private_subnets_partly_on_spot_behind_the_load_balancer() {
        JsonNode service = service();

        assertThat(service.path("desiredCount").asInt()).isEqualTo(1);
        assertThat(service.path("capacityProviderStrategy").valueStream()
                .map(each -> each.path("capacityProvider").asText() + " " + each.path("base").asInt() + " "
                        + each.path("weight").asInt()))
                .containsExactlyInAnyOrder("FARGATE 1 0", "FARGATE_SPOT 0 100");
        assertThat(service.path("loadBalancers").path(0).path("targetGroupArn").asText()).isEqualTo(blueprint.output("target_group_arn"));
        assertThat(service.path("loadBalancers").path(0).path("containerName").asText()).isEqualTo("web");
        JsonNode network = service.path("networkConfiguration").path("awsvpcConfiguration");
        assertThat(network.path("assignPublicIp").asText()).isEqualTo("DISABLED");
        assertThat(network.path("subnets").valueStream().map(JsonNode::asText)).containsExactlyInAnyOrderElementsOf(subnets("private"));
        assertThat(network.path("securityGroups").valueStream().map(JsonNode::asText)).containsExactly(groups().get("workload"));
        Xml group = aws.query("elasticloadbalancing", "2015-12-01", "DescribeTargetGroups");
        assertThat(group.one("//TargetGroups/member/TargetType")).isEqualTo("ip");
        assertThat(group.one("//TargetGroups/member/HealthCheckPath")).isEqualTo("/health");
    }

    @Test
    @Order(LOOK)
    void deployment_that_does_not_come_up_or_raises_alarms_is_taken_back() {
        JsonNode configuration = service().path("deploymentConfiguration");

        assertThat(configuration.path("deploymentCircuitBreaker").path("enable").asBoolean()).isTrue();
        assertThat(configuration.path("deploymentCircuitBreaker").path("rollback").asBoolean()).isTrue();
        assertThat(configuration.path("minimumHealthyPercent").asInt()).isEqualTo(100);
        assertThat(configuration.path("maximumPercent").asInt()).isEqualTo(200);
        assertThat(configuration.path("alarms").path("rollback").asBoolean()).isTrue();
        assertThat(configuration.path("alarms").path("alarmNames").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder(ID + "-response-time", ID + "-unhealthy-hosts", ID + "-errors");
    }

    @Test
    @Order(LOOK)
    void containers_are_what_the_request_says_and_get_secrets_by_reference() {
        JsonNode definition = definition();
        JsonNode web = definition.path("containerDefinitions").path(0);
        JsonNode cache = definition.path("containerDefinitions").path(1);
        String password = blueprint.output("database_secret_arn");

        assertThat(definition.path("cpu").asText() + " " + definition.path("memory").asText()).isEqualTo("512 1024");
        assertThat(definition.path("runtimePlatform").path("cpuArchitecture").asText()).isEqualTo("ARM64");
        assertThat(web.path("user").asText()).isEqualTo("10000");
        assertThat(web.path("readonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(web.path("linuxParameters").path("capabilities").path("drop").path(0).asText()).isEqualTo("ALL");
        assertThat(web.path("environment").valueStream().map(each -> each.path("name").asText() + "=" + each.path("value").asText()))
                .contains("MODE=production", "DATABASE_NAME=app", "DATABASE_PORT=5432",
                        "DATABASE_HOST=" + blueprint.output("database_address"));
        assertThat(web.path("secrets").valueStream().map(each -> each.path("name").asText() + "=" + each.path("valueFrom").asText()))
                .containsExactlyInAnyOrder("TOKEN=" + TOKEN + ":key::", "DATABASE_USERNAME=" + password + ":username::",
                        "DATABASE_PASSWORD=" + password + ":password::");
        assertThat(web.path("logConfiguration").path("options").path("awslogs-group").asText())
                .isEqualTo("/ec2-docker/" + ID + "/containers");
        assertThat(cache.path("command").valueStream().map(JsonNode::asText)).containsExactly("redis-server", "--save", "");
        assertThat(cache.path("essential").asBoolean()).isFalse();
    }

    @Test
    @Order(LOOK)
    void ecs_may_start_the_tasks_and_the_containers_may_use_their_bucket_and_nothing_else() {
        String execution = role("aws_iam_role.execution");
        String task = role("aws_iam_role.task");
        JsonNode policy = policy(execution, "deployment");

        assertThat(policy.path("Statement").valueStream().filter(each -> each.path("Resource").toString().contains("\"*\""))
                .map(each -> each.path("Sid").asText()))
                .containsExactly("LogInToRegistries");
        assertThat(statement(policy, "ReadSecrets").path("Resource").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder(TOKEN, blueprint.output("database_secret_arn"));
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName(execution)).attachedPolicies()).isEmpty();
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName(task)).attachedPolicies()).isEmpty();
        assertThat(iam.listRolePolicies(r -> r.roleName(task)).policyNames()).containsExactly("files");
        assertThat(policy(task, "files").toString()).contains("arn:aws:s3:::" + blueprint.output("bucket") + "/*").doesNotContain("s3:*");
    }

    @Test
    @Order(LOOK)
    void number_of_tasks_follows_cpu_steps_and_working_hours() {
        JsonNode target = applicationScaling("DescribeScalableTargets").path("ScalableTargets").path(0);
        JsonNode policies = applicationScaling("DescribeScalingPolicies").path("ScalingPolicies");
        JsonNode action = applicationScaling("DescribeScheduledActions").path("ScheduledActions").path(0);
        JsonNode cpu = policies.valueStream().filter(each -> each.path("PolicyType").asText().equals("TargetTrackingScaling")).findFirst()
                .orElseThrow()
                .path("TargetTrackingScalingPolicyConfiguration");

        assertThat(target.path("MinCapacity").asInt() + " " + target.path("MaxCapacity").asInt()).isEqualTo("1 6");
        assertThat(policies.valueStream().map(each -> each.path("PolicyName").asText()))
                .containsExactlyInAnyOrder("ECSServiceAverageCPUUtilization", "up", "down");
        assertThat(cpu.path("TargetValue").asInt()).isEqualTo(70);
        assertThat(cpu.path("PredefinedMetricSpecification").path("PredefinedMetricType").asText())
                .isEqualTo("ECSServiceAverageCPUUtilization");
        assertThat(action.path("Schedule").asText()).isEqualTo("cron(0 8 ? * MON-FRI *)");
        assertThat(action.path("Timezone").asText()).isEqualTo("Europe/Berlin");
    }

    @Test
    @Order(LOOK)
    void database_is_encrypted_private_and_in_two_zones() {
        Xml database = rds();
        Xml subnets = aws.query("rds", "2014-10-31", "DescribeDBSubnetGroups");

        assertThat(database.one("//DBInstance/StorageEncrypted")).isEqualTo("true");
        assertThat(database.one("//DBInstance/KmsKeyId")).contains(":key/");
        assertThat(database.one("//DBInstance/PubliclyAccessible")).isEqualTo("false");
        assertThat(database.one("//DBInstance/MultiAZ")).isEqualTo("true");
        assertThat(database.one("//DBInstance/BackupRetentionPeriod")).isEqualTo("7");
        assertThat(database.one("//DBInstance/VpcSecurityGroups//VpcSecurityGroupId")).isEqualTo(groups().get("database"));
        assertThat(subnets.all("//Subnet/SubnetIdentifier")).containsExactlyInAnyOrderElementsOf(subnets("database"));
        assertThat(ec2.describeSecurityGroupRules(r -> r.filters(Filter.builder().name("group-id").values(groups().get("database"))
                .build())).securityGroupRules())
                .singleElement().satisfies(rule -> {
                    assertThat(rule.fromPort()).isEqualTo(5432);
                    assertThat(rule.referencedGroupInfo().groupId()).isEqualTo(groups().get("workload"));
                });
        assertThat(aws.query("rds", "2014-10-31", "DescribeDBParameters", "DBParameterGroupName",
                blueprint.stateAttributes().get("module.database[0].aws_db_parameter_group.this").path("name").asText(),
                "Source", "user")
                .one("//Parameter[ParameterName='rds.force_ssl']/ParameterValue"))
                .isEqualTo("1");
    }

    @Test
    @Order(LOOK)
    void password_is_in_secrets_manager_alone() throws Exception {
        JsonNode secret = aws.json("secretsmanager", "secretsmanager.GetSecretValue",
                "{\"SecretId\": \"" + blueprint.output("database_secret_arn") + "\"}");
        String password = Variables.of(secret.path("SecretString").asText()).path("password").asText();

        assertThat(password).hasSizeGreaterThan(7);
        assertThat(Files.readString(blueprint.path().resolve("terraform.tfstate"))).doesNotContain(password);
        assertThat(Files.readString(blueprint.path().resolve("terraform.tfvars.json"))).doesNotContain(password);
    }

    @Test
    @Order(LOOK)
    void registry_takes_each_tag_once_and_scans_what_is_pushed() {
        JsonNode repository = aws.json("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", "{}").path("repositories")
                .path(0);

        assertThat(repository.path("imageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(repository.path("imageScanningConfiguration").path("scanOnPush").asBoolean()).isTrue();
        assertThat(repository.path("encryptionConfiguration").path("encryptionType").asText()).isEqualTo("KMS");
        assertThat(repository.path("repositoryUri").asText()).isEqualTo(blueprint.output("registry_url"));
        assertThat(aws.json("ecr", "AmazonEC2ContainerRegistry_V20150921.GetLifecyclePolicy",
                "{\"repositoryName\": \"ec2-docker/" + ID + "\"}")
                .path("lifecyclePolicyText").asText()).contains("\"countNumber\":30");
    }

    @Test
    @Order(LOOK)
    void cloudfront_serves_files_from_the_bucket_and_all_else_from_the_load_balancer() {
        Xml distribution = aws.getXml("cloudfront", "/2020-05-31/distribution/" + blueprint.output("distribution_id"));

        assertThat(distribution.one("//DefaultCacheBehavior/TargetOriginId")).isEqualTo("load-balancer");
        assertThat(distribution.all("//CacheBehaviors//CacheBehavior[TargetOriginId='bucket']/PathPattern"))
                .containsExactly("/static/*", "/media/*");
        assertThat(distribution.one("//Origin[Id='load-balancer']/DomainName")).isEqualTo("origin.example.com");
        assertThat(distribution.one("//Origin[Id='load-balancer']//OriginProtocolPolicy")).isEqualTo("https-only");
        assertThat(distribution.one("//Origin[Id='bucket']/DomainName")).startsWith(blueprint.output("bucket"));
        assertThat(distribution.one("//Origin[Id='bucket']/OriginAccessControlId")).isNotEmpty();
        assertThat(distribution.one("//DefaultCacheBehavior/ViewerProtocolPolicy")).isEqualTo("redirect-to-https");
        assertThat(distribution.one("//Aliases//CNAME")).isEqualTo("www.example.com");
        assertThat(blueprint.output("url")).isEqualTo("https://www.example.com/");
    }

    @Test
    @Order(LOOK)
    void firewall_stands_before_cloudfront_and_names_lead_there() {
        JsonNode acl = aws.in("us-east-1").json("wafv2", "AWSWAF_20190729.ListWebACLs", "{\"Scope\": \"CLOUDFRONT\"}").path("WebACLs")
                .path(0);
        Xml distribution = aws.getXml("cloudfront", "/2020-05-31/distribution/" + blueprint.output("distribution_id"));
        Xml records = aws.getXml("route53", "/2013-04-01/hostedzone/" + zone + "/rrset");

        assertThat(distribution.one("//DistributionConfig/WebACLId")).isEqualTo(acl.path("ARN").asText()).contains(":us-east-1:");
        assertThat(blueprint.stateAttributes().get("module.edge[0].aws_wafv2_web_acl.this[0]").path("rule").valueStream()
                .map(rule -> rule.path("name").asText()))
                .containsExactlyInAnyOrder("rate", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet");
        assertThat(records.all("//ResourceRecordSet[Name='www.example.com.']/Type")).containsExactlyInAnyOrder("A", "AAAA");
        assertThat(records.all("//ResourceRecordSet[Name='www.example.com.']//DNSName"))
                .allSatisfy(name -> assertThat(name).contains("cloudfront.net"));
        assertThat(records.one("//ResourceRecordSet[Name='origin.example.com.']//DNSName")).contains(blueprint.output("load_balancer_dns"));
    }

    @Test
    @Order(LOOK)
    void bucket_is_closed_to_all_but_cloudfront() {
        String policy = blueprint.stateAttributes().get("module.edge[0].aws_s3_bucket_policy.this").path("policy").asText();
        JsonNode block = blueprint.stateAttributes().get("module.edge[0].aws_s3_bucket_public_access_block.this");

        assertThat(List.of("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"))
                .allSatisfy(each -> assertThat(block.path(each).asBoolean()).isTrue());
        assertThat(policy).contains("cloudfront.amazonaws.com", ":distribution/" + blueprint.output("distribution_id"));
    }

    @Test
    @Order(LOOK)
    void alarms_look_at_the_service() {
        Xml alarms = aws.query("monitoring", "2010-08-01", "DescribeAlarms");

        // moto makes those of the target tracking, as AWS does.
        assertThat(alarms.all("//MetricAlarms/member[Namespace='AWS/ECS']/AlarmName").stream().filter(name -> name.startsWith(ID)))
                .containsExactlyInAnyOrder(ID + "-cpu-high", ID + "-cpu-low", ID + "-memory");
        assertThat(alarms.all("//MetricAlarms/member[AlarmName='" + ID + "-cpu-high']/Dimensions/member/Value"))
                .containsExactlyInAnyOrder(ID, "containers");
        assertThat(alarms.all("//MetricAlarms/member[AlarmName='" + ID + "-cpu-high']/AlarmActions/member")).hasSize(2);
        assertThat(alarms.all("//MetricAlarms/member/AlarmName")).doesNotContain(ID + "-status-check", ID + "-disk");
    }

    @Test
    @Order(AGAIN)
    void planned_again_nothing_changes() {
        BlueprintDirectory.Result again = blueprint.plan();
        assertThat(again.exitCode()).as(again.text()).isZero();
    }

    @Test
    @Order(CHANGE)
    void another_image_is_another_revision_that_the_same_service_rolls_out() {
        String service = service().path("serviceArn").asText();
        String before = blueprint.output("task_definition_arn");
        variables = Variables.with(variables, "containers", "[{\"name\": \"web\", \"image\": \"team/web:2.0\", \"ports\": [8080]}]",
                "scaling.cpu_target", "50",
                "scaling.max", "8", "scaling.spot", "null", "database.instance_class", "\"db.t3.small\"", "edge", "null");
        blueprint.variables(Variables.map(variables));

        blueprint.apply();

        assertThat(blueprint.output("task_definition_arn")).isNotEqualTo(before).endsWith(":2");
        assertThat(service().path("serviceArn").asText()).isEqualTo(service);
        assertThat(service().path("taskDefinition").asText()).isEqualTo(blueprint.output("task_definition_arn"));
        assertThat(service().path("capacityProviderStrategy").valueStream().map(each -> each.path("capacityProvider").asText()))
                .containsExactly("FARGATE");
        assertThat(definition().path("containerDefinitions")).hasSize(1);
        assertThat(applicationScaling("DescribeScalableTargets").path("ScalableTargets").path(0).path("MaxCapacity").asInt()).isEqualTo(8);
        assertThat(rds().one("//DBInstance/DBInstanceClass")).isEqualTo("db.t3.small");
        assertThat(blueprint.output("url")).isEqualTo("https://" + blueprint.output("load_balancer_dns") + "/");
        BlueprintDirectory.Result again = blueprint.plan();
        assertThat(again.exitCode()).as(again.text()).isZero();
    }

    @Test
    @Order(DESTROY)
    void destroy_leaves_nothing_but_the_revisions_that_the_engine_deregisters() {
        blueprint.destroy();

        assertThat(aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeClusters", "{\"clusters\": [\"" + ID + "\"]}")
                .path("clusters").valueStream()
                .filter(cluster -> cluster.path("status").asText().equals("ACTIVE"))).isEmpty();
        assertThat(aws.json("ecs", "AmazonEC2ContainerServiceV20141113.ListTaskDefinitions", "{\"status\": \"ACTIVE\"}")
                .path("taskDefinitionArns")).hasSize(2);
        assertThat(rds().all("//DBInstances/DBInstance")).isEmpty();
        assertThat(aws.json("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", "{}").path("repositories")).isEmpty();
        assertThat(aws.query("elasticloadbalancing", "2015-12-01", "DescribeLoadBalancers").all("//LoadBalancers/member")).isEmpty();
        assertThat(aws.getXml("cloudfront", "/2020-05-31/distribution").all("//DistributionSummary")).isEmpty();
        assertThat(aws.getXml("s3", "/").all("//Bucket")).isEmpty();
        assertThat(ec2.describeSecurityGroups().securityGroups()).extracting(SecurityGroup::groupName).containsOnly("default");
        assertThat(iam.listRoles().roles().stream().filter(role -> role.path().startsWith("/ec2-docker/"))).isEmpty();
        assertThat(aws.json("logs", "Logs_20140328.DescribeLogGroups", "{}").path("logGroups")).isEmpty();
        assertThat(aws.getXml("route53", "/2013-04-01/hostedzone/" + zone + "/rrset").all("//ResourceRecordSet/Type"))
                .containsExactlyInAnyOrder("NS", "SOA");
    }

    @Test
    @Order(AFTERWARDS)
    void every_call_was_well_formed_and_allowed_by_the_documented_policies() {
        assertThat(
                PolicyEvaluation.refused(calls, "provisioning-base", "provisioning-network", "provisioning-fargate", "provisioning-options",
                        "provisioning-data", "provisioning-edge"))
                .isEmpty();
    }

    private static String certificate(AwsAnswers where) {
        return where.json("acm", "CertificateManager.RequestCertificate", "{\"DomainName\": \"*.example.com\"}").path("CertificateArn")
                .asText();
    }

    private JsonNode service() {
        return aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeServices",
                "{\"cluster\": \"" + ID + "\", \"services\": [\"containers\"]}")
                .path("services").path(0);
    }

    private JsonNode definition() {
        return aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition",
                "{\"taskDefinition\": \"" + blueprint.output("task_definition_arn") + "\"}").path("taskDefinition");
    }

    private JsonNode applicationScaling(String action) {
        return aws.json("application-autoscaling", "AnyScaleFrontendService." + action, "{\"ServiceNamespace\": \"ecs\"}");
    }

    private Xml rds() {
        return aws.query("rds", "2014-10-31", "DescribeDBInstances");
    }

    private String role(String address) {
        return blueprint.stateAttributes().get(address).path("name").asText();
    }

    private JsonNode policy(String role, String name) {
        return Variables.of(URLDecoder.decode(iam.getRolePolicy(r -> r.roleName(role).policyName(name)).policyDocument(), UTF_8));
    }

    private static JsonNode statement(JsonNode policy, String id) {
        return policy.path("Statement").valueStream().filter(each -> each.path("Sid").asText().equals(id)).findFirst().orElseThrow();
    }

    private Map<String, String> groups() {
        return ec2.describeSecurityGroups(r -> r.filters(vpc())).securityGroups().stream()
                .filter(group -> group.groupName().startsWith(ID))
                .collect(Collectors.toMap(
                        group -> group.groupName().substring(ID.length() + 1).replaceAll("-[0-9a-f]{26}$", ""), SecurityGroup::groupId));
    }

    private List<String> subnets(String kind) {
        return ec2.describeSubnets(r -> r.filters(vpc())).subnets().stream()
                .filter(subnet -> subnet.tags().stream().anyMatch(tag -> tag.value().startsWith("shop " + kind)))
                .map(Subnet::subnetId).toList();
    }

    private Filter vpc() {
        return Filter.builder().name("vpc-id").values(blueprint.output("vpc_id")).build();
    }
}
