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
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VolumeType;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * The blueprint {@code autoscaled} from its creation to its end, as AWS sees it: one life, looked at first, then planned again, changed and
 * destroyed. What moto does not do by itself is in {@code src/test/moto/services.py}.
 */
@ExtendWith(MotoExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@org.junit.jupiter.api.Tag("long")
class AutoscaledLifecycleTest {

    private static final String CLIENTS = "203.0.113.0/24";
    private static final String COPIES = "arn:aws:backup:eu-west-1:123456789012:backup-vault:copies";
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
    private String certificate;

    @BeforeAll
    void apply(@TempDir Path directory, Moto moto) {
        calls = new RecordedCalls(moto);
        aws = new AwsAnswers(moto);
        ec2 = moto.ec2();
        iam = moto.iam();
        certificate = aws.json("acm", "CertificateManager.RequestCertificate", "{\"DomainName\": \"www.example.com\"}")
                .path("CertificateArn").asText();
        variables = Variables.with(
                Variables.autoscaled(),
                "load_balancer", "{\"certificate_arn\": \"" + certificate + "\", \"ingress_cidrs\": [\"" + CLIENTS
                        + "\"], \"idle_timeout\": 30,"
                        + "\"log_retention_days\": 90, \"health_check\": {\"path\": \"/health\"}}",
                "scaling", """
                        {"min": 1, "max": 3, "steps": {}, "launch_timeout": 450,
                         "schedules": {"up": {"cron": "0 8 * * 1-5", "time_zone": "Europe/Berlin", "min": 1, "max": 3, "desired": 2},
                                       "down": {"cron": "0 19 * * 1-5", "time_zone": "Europe/Berlin", "min": 0, "max": 0, "desired": 0}}}
                        """,
                "monitoring", """
                        {"mails": ["ops@example.com"], "retention_days": 14, "event_patterns": {"health": "{\\"source\\": [\\"aws.health\\"]}"}}
                        """,
                "backup", "{\"copy_vault_arn\": \"" + COPIES + "\", \"daily_retention_days\": 30}",
                "bastion", "{}",
                "tags", "{\"team\": \"ops\"}");
        blueprint = BlueprintDirectory.initialised("autoscaled", directory, calls.environment());
        blueprint.write("bootstrap/user-data", "first".getBytes(UTF_8));
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
        Map<String, JsonNode> tagged = blueprint.stateAttributes().entrySet().stream()
                .filter(each -> each.getValue().path("tags_all").isObject() && !each.getKey().contains("data."))
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().path("tags_all")));

        assertThat(tagged).hasSizeGreaterThan(40).allSatisfy((address, tags) -> {
            assertThat(tags.path("ec2-docker:deployment").asText()).as(address).isEqualTo(ID);
            assertThat(tags.path("ec2-docker:managed-by").asText()).as(address).isEqualTo("ec2-docker");
            assertThat(tags.path("team").asText()).as(address).isEqualTo("ops");
        });
    }

    @Test
    @Order(LOOK)
    void network_has_three_kinds_of_subnets_in_each_of_two_zones() {
        String vpc = blueprint.output("vpc_id");
        List<Subnet> subnets = ec2.describeSubnets(r -> r.filters(in(vpc))).subnets();

        assertThat(subnets).extracting(subnet -> name(subnet.tags()) + " " + subnet.cidrBlock() + " " + subnet.availabilityZone() + " "
                + subnet.mapPublicIpOnLaunch())
                .containsExactlyInAnyOrder(
                        "shop public 1 10.0.0.0/20 eu-central-1a true", "shop public 2 10.0.16.0/20 eu-central-1b true",
                        "shop private 1 10.0.64.0/20 eu-central-1a false", "shop private 2 10.0.80.0/20 eu-central-1b false",
                        "shop database 1 10.0.128.0/20 eu-central-1a false", "shop database 2 10.0.144.0/20 eu-central-1b false");
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("enableDnsHostnames")).enableDnsHostnames().value()).isTrue();
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute("enableDnsSupport")).enableDnsSupport().value()).isTrue();
    }

    @Test
    @Order(LOOK)
    void public_subnets_lead_to_the_internet_private_ones_to_the_nat_gateway_and_those_of_databases_nowhere() {
        Map<String, RouteTable> tables = ec2.describeRouteTables(r -> r.filters(in(blueprint.output("vpc_id")))).routeTables().stream()
                .filter(table -> table.associations().stream().noneMatch(a -> Boolean.TRUE.equals(a.main())))
                .collect(Collectors.toMap(table -> name(table.tags()), table -> table));
        String nat = ec2.describeNatGateways().natGateways().get(0).natGatewayId();

        assertThat(tables).containsOnlyKeys("shop public", "shop private 1", "shop private 2", "shop database");
        assertThat(out(tables.get("shop public"))).startsWith("igw-");
        assertThat(out(tables.get("shop private 1"))).isEqualTo(nat);
        assertThat(out(tables.get("shop private 2"))).isEqualTo(nat);
        assertThat(out(tables.get("shop database"))).isNull();
        assertThat(tables.get("shop database").associations()).hasSize(2);
        assertThat(blueprint.outputs().path("nat_addresses").path("value")).hasSize(1);
    }

    @Test
    @Order(LOOK)
    void aws_is_reached_by_endpoints_and_all_traffic_is_logged() {
        String vpc = blueprint.output("vpc_id");

        assertThat(ec2.describeVpcEndpoints(r -> r.filters(in(vpc))).vpcEndpoints())
                .extracting(endpoint -> endpoint.serviceName()
                        .substring("com.amazonaws.eu-central-1.".length()) + " " + endpoint.vpcEndpointTypeAsString())
                .containsExactlyInAnyOrder("s3 Gateway", "ec2 Interface", "ssm Interface", "ssmmessages Interface",
                        "ec2messages Interface");
        assertThat(ec2.describeFlowLogs().flowLogs()).singleElement().satisfies(log -> {
            assertThat(log.resourceId()).isEqualTo(vpc);
            assertThat(log.trafficTypeAsString()).isEqualTo("ALL");
            assertThat(log.logDestination()).endsWith(":log-group:/ec2-docker/" + ID + "/flow");
        });
    }

    @Test
    @Order(LOOK)
    void access_control_lists_let_databases_talk_to_the_private_subnets_alone() {
        assertThat(ec2.describeNetworkAcls(r -> r.filters(in(blueprint.output("vpc_id")))).networkAcls().stream()
                .filter(acl -> name(acl.tags()) != null && name(acl.tags()).equals("shop database")))
                .singleElement()
                .satisfies(acl -> {
                    assertThat(acl.associations()).hasSize(2);
                    assertThat(acl.entries().stream().filter(entry -> entry.ruleActionAsString().equals("allow") && !entry.egress()))
                            .extracting(entry -> entry.cidrBlock() + " " + entry.portRange().from() + "-" + entry.portRange().to())
                            .containsExactlyInAnyOrder("10.0.64.0/20 5432-5432", "10.0.80.0/20 5432-5432", "10.0.0.0/16 0-0");
                });
    }

    @Test
    @Order(LOOK)
    void clients_reach_the_load_balancer_and_it_alone_reaches_the_containers() {
        Map<String, String> groups = groups();
        String balancer = groups.get("load-balancer");
        String workload = groups.get("workload");

        assertThat(groups).containsOnlyKeys("load-balancer", "workload", "endpoints", "bastion");
        assertThat(rules(balancer)).containsExactlyInAnyOrder("in tcp 80 " + CLIENTS, "in tcp 443 " + CLIENTS, "out tcp 8080 " + workload);
        assertThat(rules(workload)).containsExactlyInAnyOrder("in tcp 8080 " + balancer, "out -1 -1 0.0.0.0/0");
        assertThat(rules(groups.get("endpoints"))).containsExactlyInAnyOrder("in tcp 443 " + workload,
                "in tcp 443 " + groups.get("bastion"));
        assertThat(rules(groups.get("bastion"))).containsExactlyInAnyOrder("out tcp 443 0.0.0.0/0", "out tcp 22 0.0.0.0/0");
        assertThat(ec2.describeSecurityGroupRules(r -> r.filters(Filter.builder().name("group-id").values(defaultGroup()).build()))
                .securityGroupRules())
                .as("rules of the VPC's default group").isEmpty();
    }

    @Test
    @Order(LOOK)
    void key_is_turned_every_year_and_named_after_the_deployment() {
        JsonNode alias = aws.json("kms", "TrentService.ListAliases", "{}").path("Aliases").valueStream()
                .filter(each -> each.path("AliasName").asText().equals("alias/ec2-docker/" + ID)).findFirst().orElseThrow();
        String key = alias.path("TargetKeyId").asText();

        assertThat(aws.json("kms", "TrentService.GetKeyRotationStatus", "{\"KeyId\": \"" + key + "\"}").path("KeyRotationEnabled")
                .asBoolean()).isTrue();
    }

    @Test
    @Order(LOOK)
    void http_leads_to_https_which_leads_to_healthy_targets() {
        String arn = blueprint.output("load_balancer_arn");
        Xml listeners = elb("DescribeListeners", "LoadBalancerArn", arn);
        Xml group = elb("DescribeTargetGroups", "TargetGroupArns.member.1", blueprint.output("target_group_arn"));
        Xml attributes = elb("DescribeLoadBalancerAttributes", "LoadBalancerArn", arn);

        assertThat(listeners.all("//Listeners/member[Port='80']/DefaultActions/member/Type")).containsExactly("redirect");
        assertThat(listeners.one("//Listeners/member[Port='80']//RedirectConfig/StatusCode")).isEqualTo("HTTP_301");
        assertThat(listeners.one("//Listeners/member[Port='80']//RedirectConfig/Protocol")).isEqualTo("HTTPS");
        assertThat(listeners.one("//Listeners/member[Port='443']/Certificates/member/CertificateArn")).isEqualTo(certificate);
        assertThat(listeners.one("//Listeners/member[Port='443']/SslPolicy")).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
        assertThat(listeners.one("//Listeners/member[Port='443']/DefaultActions/member/TargetGroupArn"))
                .isEqualTo(blueprint.output("target_group_arn"));
        assertThat(group.one("//TargetGroups/member/HealthCheckPath")).isEqualTo("/health");
        assertThat(group.one("//TargetGroups/member/Port")).isEqualTo("8080");
        assertThat(group.one("//TargetGroups/member/TargetType")).isEqualTo("instance");
        assertThat(attribute(attributes, "idle_timeout.timeout_seconds")).isEqualTo("30");
        assertThat(attribute(attributes, "routing.http.drop_invalid_header_fields.enabled")).isEqualTo("true");
        assertThat(attribute(attributes, "access_logs.s3.enabled")).isEqualTo("true");
        assertThat(blueprint.output("url")).isEqualTo("https://" + blueprint.output("load_balancer_dns") + "/");
    }

    @Test
    @Order(LOOK)
    void group_of_private_instances_stands_behind_the_load_balancer() {
        Xml group = group();

        assertThat(group.one("//AutoScalingGroups/member/MinSize")).isEqualTo("1");
        assertThat(group.one("//AutoScalingGroups/member/MaxSize")).isEqualTo("3");
        assertThat(group.one("//AutoScalingGroups/member/HealthCheckType")).isEqualTo("ELB");
        assertThat(group.all("//AutoScalingGroups/member/TargetGroupARNs/member")).containsExactly(blueprint.output("target_group_arn"));
        assertThat(elb("DescribeTargetHealth", "TargetGroupArn", blueprint.output("target_group_arn")).all("//Target/Id"))
                .containsExactly(running().get(0).instanceId());
    }

    @Test
    @Order(LOOK)
    void instances_demand_a_token_keep_an_encrypted_disk_and_carry_the_tags() {
        Instance instance = running().get(0);

        assertThat(instance.subnetId()).isIn(ec2.describeSubnets(r -> r.filters(in(blueprint.output("vpc_id")))).subnets().stream()
                .filter(subnet -> name(subnet.tags()).contains("private")).map(Subnet::subnetId).toList());
        assertThat(instance.publicIpAddress()).isNull();
        assertThat(instance.tags()).contains(tag("ec2-docker:deployment", ID), tag("Name", "shop"), tag("team", "ops"));
        JsonNode template = blueprint.stateAttributes().get("aws_launch_template.this");
        assertThat(template.path("metadata_options").path(0).path("http_tokens").asText()).isEqualTo("required");
        assertThat(template.path("metadata_options").path(0).path("http_put_response_hop_limit").asInt()).isEqualTo(1);
        Xml data = aws.query("ec2", "2016-11-15", "DescribeLaunchTemplateVersions", "LaunchTemplateId", template.path("id").asText());
        assertThat(data.one("//launchTemplateData/metadataOptions/httpTokens")).isEqualTo("required");
        assertThat(data.one("//launchTemplateData/metadataOptions/httpPutResponseHopLimit")).isEqualTo("1");
        assertThat(data.one("//launchTemplateData//ebs/volumeType")).isEqualTo(VolumeType.GP3.toString());
        assertThat(data.one("//launchTemplateData//ebs/encrypted")).isEqualTo("true");
        assertThat(data.one("//launchTemplateData//ebs/kmsKeyId")).contains(":key/");
        assertThat(new String(Base64.getDecoder().decode(data.one("//launchTemplateData/userData")), UTF_8)).isEqualTo("first");
        assertThat(data.all("//launchTemplateData/tagSpecificationSet/item/resourceType"))
                .containsExactlyInAnyOrder("instance", "volume", "network-interface");
    }

    @Test
    @Order(LOOK)
    void new_instances_wait_for_their_containers() {
        Xml hooks = scaling("DescribeLifecycleHooks");

        assertThat(hooks.one("//LifecycleHooks/member/LifecycleHookName")).isEqualTo(blueprint.output("lifecycle_hook_name"));
        assertThat(hooks.one("//LifecycleHooks/member/LifecycleTransition")).isEqualTo("autoscaling:EC2_INSTANCE_LAUNCHING");
        assertThat(hooks.one("//LifecycleHooks/member/HeartbeatTimeout")).isEqualTo("450");
        assertThat(hooks.one("//LifecycleHooks/member/DefaultResult")).isEqualTo("ABANDON");
    }

    @Test
    @Order(LOOK)
    void group_follows_cpu_steps_and_working_hours() {
        Xml policies = scaling("DescribePolicies");
        Xml schedules = scaling("DescribeScheduledActions");

        assertThat(policies.all("//ScalingPolicies/member/PolicyName")).containsExactlyInAnyOrder("cpu", "up", "down");
        assertThat(policies.one("//ScalingPolicies/member[PolicyName='cpu']//TargetValue")).isEqualTo("60.0");
        assertThat(policies.one("//ScalingPolicies/member[PolicyName='cpu']//PredefinedMetricType")).isEqualTo("ASGAverageCPUUtilization");
        assertThat(policies.one("//ScalingPolicies/member[PolicyName='up']/StepAdjustments/member/ScalingAdjustment")).isEqualTo("2");
        assertThat(policies.one("//ScalingPolicies/member[PolicyName='down']/StepAdjustments/member/ScalingAdjustment")).isEqualTo("-1");
        assertThat(schedules.one("//member[ScheduledActionName='up']/Recurrence")).isEqualTo("0 8 * * 1-5");
        assertThat(schedules.one("//member[ScheduledActionName='up']/TimeZone")).isEqualTo("Europe/Berlin");
        assertThat(schedules.one("//member[ScheduledActionName='down']/DesiredCapacity")).isEqualTo("0");
    }

    @Test
    @Order(LOOK)
    void alarms_scale_tell_people_and_call_functions() {
        Xml alarms = aws.query("monitoring", "2010-08-01", "DescribeAlarms");
        Xml policies = scaling("DescribePolicies");

        assertThat(alarms.all("//MetricAlarms/member/AlarmName")).containsExactlyInAnyOrder(
                ID + "-cpu-high", ID + "-cpu-low", ID + "-response-time", ID + "-status-check", ID + "-unhealthy-hosts", ID + "-errors",
                ID + "-memory",
                ID + "-disk");
        assertThat(alarm(alarms, "cpu-high", "AlarmActions/member")).containsExactlyInAnyOrder(
                policies.one("//ScalingPolicies/member[PolicyName='up']/PolicyARN"), topic("load"));
        assertThat(alarm(alarms, "cpu-low", "AlarmActions/member"))
                .containsExactly(policies.one("//ScalingPolicies/member[PolicyName='down']/PolicyARN"));
        assertThat(alarm(alarms, "response-time", "AlarmActions/member")).containsExactly(topic("alarm"));
        assertThat(figures(alarms, "cpu-high")).isEqualTo("60.0 3 60");
        assertThat(figures(alarms, "cpu-low")).isEqualTo("55.0 2 60");
        assertThat(figures(alarms, "response-time")).isEqualTo("5.0 3 180");
        assertThat(figures(alarms, "status-check")).isEqualTo("1.0 3 60");
        assertThat(figures(alarms, "unhealthy-hosts")).isEqualTo("2.0 2 60");
        assertThat(alarm(alarms, "unhealthy-hosts", "Dimensions/member/Value")).containsExactlyInAnyOrder(
                suffix(blueprint.output("load_balancer_arn"), "loadbalancer/"),
                "targetgroup/" + suffix(blueprint.output("target_group_arn"), "targetgroup/"));
    }

    @Test
    @Order(LOOK)
    void people_hear_of_alarms_scaling_and_events_of_their_own_choice() {
        Xml subscriptions = aws.query("sns", "2010-03-31", "ListSubscriptions");
        JsonNode rules = aws.json("events", "AWSEvents.ListRules", "{}").path("Rules");

        assertThat(subscriptions.one("//member[Protocol='email']/Endpoint")).isEqualTo("ops@example.com");
        assertThat(subscriptions.one("//member[Protocol='email']/TopicArn")).isEqualTo(topic("alarm"));
        assertThat(rules.valueStream().map(rule -> rule.path("Name").asText())).containsExactlyInAnyOrder(ID + "-scaling", ID + "-health");
        assertThat(rules.valueStream().filter(rule -> rule.path("Name").asText().endsWith("-scaling")).findFirst().orElseThrow()
                .path("EventPattern").asText())
                .contains("Instance Refresh Failed", "EC2 Instance Launch Unsuccessful", "\"AutoScalingGroupName\":[\"" + ID + "\"]");
        assertThat(aws.json("events", "AWSEvents.ListTargetsByRule", "{\"Rule\": \"" + ID + "-scaling\"}").path("Targets").path(0)
                .path("Arn").asText())
                .isEqualTo(topic("alarm"));
        assertThat(aws.query("sns", "2010-03-31", "GetTopicAttributes", "TopicArn", topic("alarm"))
                .one("//entry[key='KmsMasterKeyId']/value")).contains(":key/");
    }

    @Test
    @Order(LOOK)
    void logs_are_encrypted_and_kept_for_the_time_asked_for() {
        JsonNode groups = aws.json("logs", "Logs_20140328.DescribeLogGroups", "{\"logGroupNamePrefix\": \"/ec2-docker/" + ID + "/\"}")
                .path("logGroups");

        assertThat(groups.valueStream().map(group -> group.path("logGroupName").asText()
                .substring(("/ec2-docker/" + ID + "/").length()) + " "
                + group.path("retentionInDays").asInt() + " " + group.path("kmsKeyId").asText().contains(":key/")))
                .containsExactlyInAnyOrder("system 14 true", "security 14 true", "application 14 true", "flow 30 true");
        assertThat(blueprint.outputs().path("log_group_names").path("value")).hasSize(4);
    }

    @Test
    @Order(LOOK)
    void agent_is_installed_by_systems_manager_and_configured_for_memory_disk_and_logs() throws Exception {
        JsonNode parameter = aws.json("ssm", "AmazonSSM.GetParameter", "{\"Name\": \"/ec2-docker/" + ID + "/cloudwatch-agent\"}")
                .path("Parameter");
        JsonNode configuration = Variables.value(parameter.path("Value").asText());

        assertThat(configuration.path("metrics").path("append_dimensions").path("AutoScalingGroupName").asText())
                .isEqualTo("${aws:AutoScalingGroupName}");
        assertThat(configuration.path("metrics").path("metrics_collected").properties()).extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("mem", "disk");
        assertThat(configuration.path("logs").path("logs_collected").path("files").path("collect_list").valueStream()
                .map(file -> file.path("log_group_name").asText()).collect(Collectors.toSet()))
                .isEqualTo(Set.of("/ec2-docker/" + ID + "/system", "/ec2-docker/" + ID + "/security",
                        "/ec2-docker/" + ID + "/application"));
        JsonNode association = blueprint.stateAttributes().get("module.monitoring[0].aws_ssm_association.agent[0]");
        assertThat(association.path("targets").path(0).path("values").path(0).asText()).isEqualTo(ID);
    }

    @Test
    @Order(LOOK)
    void dashboard_shows_the_group_and_its_load_balancer() {
        String body = aws.query("monitoring", "2010-08-01", "GetDashboard", "DashboardName", blueprint.output("dashboard_name"))
                .one("//DashboardBody");

        assertThat(Variables.of(body).path("widgets").valueStream().map(widget -> widget.path("properties").path("title").asText()))
                .containsExactly("CPU", "Requests", "Seconds to answer", "Errors", "Targets", "Network", "Instances", "Memory and disk");
    }

    @Test
    @Order(LOOK)
    void backups_are_made_by_tag_kept_for_their_time_and_copied_to_the_vault_of_another_region() {
        JsonNode plan = aws.get("backup", "/backup/plans/" + blueprint.stateAttributes().get("module.backup[0].aws_backup_plan.this")
                .path("id").asText() + "/")
                .path("BackupPlan");

        assertThat(plan.path("Rules").valueStream().map(rule -> rule.path("RuleName").asText() + " " + rule.path("Lifecycle")
                .path("DeleteAfterDays").asInt()
                + " " + rule.path("ScheduleExpression").asText() + " "
                + rule.path("CopyActions").path(0).path("DestinationBackupVaultArn").asText()))
                .containsExactlyInAnyOrder(
                        "daily 30 cron(0 3 ? * * *) " + COPIES,
                        "weekly 30 cron(0 3 ? * 1 *) " + COPIES,
                        "monthly 90 cron(0 3 1 * ? *) " + COPIES);
        assertThat(aws.get("backup", "/backup-vaults/" + ID).path("EncryptionKeyArn").asText()).contains(":key/");
        JsonNode selection = blueprint.stateAttributes().get("module.backup[0].aws_backup_selection.this");
        assertThat(selection.path("condition").path(0).path("string_equals").path(0).path("value").asText()).isEqualTo(ID);
    }

    @Test
    @Order(LOOK)
    void bastion_is_closed_but_for_session_manager() {
        Instance bastion = ec2.describeInstances(r -> r.instanceIds(blueprint.output("bastion_instance_id"))).reservations().get(0)
                .instances().get(0);

        assertThat(bastion.keyName()).isNull();
        assertThat(bastion.metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(bastion.subnetId()).isEqualTo(ec2.describeSubnets(r -> r.filters(in(blueprint.output("vpc_id")))).subnets().stream()
                .filter(subnet -> name(subnet.tags()).equals("shop public 1")).findFirst().orElseThrow().subnetId());
    }

    @Test
    @Order(LOOK)
    void instances_may_do_no_more_than_they_need() {
        String role = blueprint.stateAttributes().get("module.security.aws_iam_role.instance[0]").path("name").asText();
        JsonNode policy = Variables.of(URLDecoder.decode(iam.getRolePolicy(r -> r.roleName(role).policyName("deployment"))
                .policyDocument(), UTF_8));

        assertThat(iam.listAttachedRolePolicies(r -> r.roleName(role)).attachedPolicies()).extracting(each -> each.policyName())
                .containsExactly("AmazonSSMManagedInstanceCore");
        assertThat(policy.path("Statement").valueStream().filter(each -> each.path("Resource").toString().contains("\"*\""))
                .map(each -> each.path("Sid").asText()))
                .containsExactlyInAnyOrder("FindOwnGroup", "WriteMetrics");
        assertThat(policy.toString()).contains("autoscaling:CompleteLifecycleAction", ":autoScalingGroupName/" + ID + "\"")
                .doesNotContain("iam:", "s3:", "ecr:", "secretsmanager:");
        assertThat(iam.listRoles().roles().stream().filter(each -> !each.path().startsWith("/aws-service-role/")))
                .allSatisfy(each -> assertThat(each.path()).isEqualTo("/ec2-docker/"));
    }

    @Test
    @Order(AGAIN)
    void planned_again_nothing_changes() {
        BlueprintDirectory.Result again = blueprint.plan();
        assertThat(again.exitCode()).as(again.text()).isZero();
    }

    @Test
    @Order(CHANGE)
    void another_boot_script_replaces_the_instances_one_beside_the_other() {
        String before = running().get(0).instanceId();
        variables = Variables.with(variables, "scaling.max", "4", "scaling.schedules", "{}", "monitoring.cpu_high", "{\"threshold\": 75}",
                "load_balancer.health_check.path", "\"/ready\"", "backup", "null", "bastion", "null");
        blueprint.write("bootstrap/user-data", "second".getBytes(UTF_8));
        blueprint.variables(Variables.map(variables));

        blueprint.apply();

        Xml refreshes = scaling("DescribeInstanceRefreshes");
        assertThat(refreshes.all("//InstanceRefreshes/member/Preferences/AutoRollback")).containsExactly("true");
        assertThat(refreshes.one("//InstanceRefreshes/member/Preferences/MinHealthyPercentage")).isEqualTo("100");
        assertThat(refreshes.one("//InstanceRefreshes/member/Preferences/MaxHealthyPercentage")).isEqualTo("200");
        assertThat(refreshes.all("//InstanceRefreshes/member/Preferences/AlarmSpecification/Alarms/member"))
                .containsExactlyInAnyOrder(ID + "-response-time", ID + "-unhealthy-hosts", ID + "-errors");
        assertThat(running()).singleElement().satisfies(instance -> assertThat(instance.instanceId()).isNotEqualTo(before));
        assertThat(blueprint.output("launch_template_version")).isEqualTo("2");
        assertThat(group().one("//AutoScalingGroups/member/MaxSize")).isEqualTo("4");
        assertThat(scaling("DescribeScheduledActions").all("//ScheduledUpdateGroupActions/member")).isEmpty();
        assertThat(figures(aws.query("monitoring", "2010-08-01", "DescribeAlarms"), "cpu-high")).isEqualTo("75.0 3 60");
        assertThat(elb("DescribeTargetGroups").one("//TargetGroups/member/HealthCheckPath")).isEqualTo("/ready");
        assertThat(aws.get("backup", "/backup-vaults/").path("BackupVaultList")).isEmpty();
        BlueprintDirectory.Result again = blueprint.plan();
        assertThat(again.exitCode()).as(again.text()).isZero();
    }

    @Test
    @Order(DESTROY)
    void destroy_leaves_nothing() {
        String vpc = blueprint.output("vpc_id");
        blueprint.destroy();

        assertThat(ec2.describeVpcs().vpcs()).extracting(each -> each.vpcId()).doesNotContain(vpc);
        assertThat(running()).isEmpty();
        assertThat(ec2.describeAddresses().addresses()).isEmpty();
        assertThat(ec2.describeSecurityGroups().securityGroups()).extracting(SecurityGroup::groupName).containsOnly("default");
        assertThat(elb("DescribeLoadBalancers").all("//LoadBalancers/member")).isEmpty();
        assertThat(elb("DescribeTargetGroups").all("//TargetGroups/member")).isEmpty();
        assertThat(group().all("//AutoScalingGroups/member")).isEmpty();
        assertThat(ec2.describeLaunchTemplates().launchTemplates()).isEmpty();
        assertThat(aws.query("monitoring", "2010-08-01", "DescribeAlarms").all("//MetricAlarms/member")).isEmpty();
        assertThat(aws.query("sns", "2010-03-31", "ListTopics").all("//Topics/member")).isEmpty();
        assertThat(aws.json("logs", "Logs_20140328.DescribeLogGroups", "{}").path("logGroups")).isEmpty();
        assertThat(aws.getXml("s3", "/").all("//Bucket")).isEmpty();
        assertThat(iam.listRoles().roles().stream().filter(role -> role.path().startsWith("/ec2-docker/"))).isEmpty();
        assertThat(iam.listInstanceProfiles().instanceProfiles()).isEmpty();
    }

    @Test
    @Order(AFTERWARDS)
    void every_call_was_well_formed_and_allowed_by_the_documented_policies() {
        assertThat(PolicyEvaluation.refused(calls, "provisioning-base", "provisioning-network", "provisioning-autoscaled",
                "provisioning-options",
                "provisioning-data", "provisioning-edge")).isEmpty();
    }

    private List<Instance> running() {
        return ec2.describeInstances().reservations().stream().flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.state().name() == InstanceStateName.RUNNING)
                .filter(instance -> instance.tags().stream().anyMatch(tag -> tag.key().equals("aws:autoscaling:groupName")))
                .toList();
    }

    private Map<String, String> groups() {
        return ec2.describeSecurityGroups(r -> r.filters(in(blueprint.output("vpc_id")))).securityGroups().stream()
                .filter(group -> group.groupName().startsWith(ID))
                .collect(Collectors.toMap(
                        group -> group.groupName().substring(ID.length() + 1).replaceAll("-[0-9a-f]{26}$", ""), SecurityGroup::groupId));
    }

    private String defaultGroup() {
        return ec2.describeSecurityGroups(r -> r.filters(in(blueprint.output("vpc_id")))).securityGroups().stream()
                .filter(group -> group.groupName().equals("default")).findFirst().orElseThrow().groupId();
    }

    private List<String> rules(String group) {
        return ec2.describeSecurityGroupRules(r -> r.filters(Filter.builder().name("group-id").values(group).build())).securityGroupRules()
                .stream()
                .map(AutoscaledLifecycleTest::text).toList();
    }

    private static String text(SecurityGroupRule rule) {
        return String.join(" ", rule.isEgress() ? "out" : "in", rule.ipProtocol(), String.valueOf(rule.fromPort()),
                rule.cidrIpv4() != null ? rule.cidrIpv4() : rule.referencedGroupInfo().groupId());
    }

    private Xml elb(String action, String... namesAndValues) {
        return aws.query("elasticloadbalancing", "2015-12-01", action, namesAndValues);
    }

    private Xml group() {
        return aws.query("autoscaling", "2011-01-01", "DescribeAutoScalingGroups", "AutoScalingGroupNames.member.1", ID);
    }

    private Xml scaling(String action) {
        return aws.query("autoscaling", "2011-01-01", action, "AutoScalingGroupName", ID);
    }

    private static String attribute(Xml attributes, String key) {
        return attributes.one("//Attributes/member[Key='" + key + "']/Value");
    }

    private static List<String> alarm(Xml alarms, String name, String path) {
        return alarms.all("//MetricAlarms/member[AlarmName='" + ID + "-" + name + "']/" + path);
    }

    private static String figures(Xml alarms, String name) {
        return String.join(" ", List.of("Threshold", "EvaluationPeriods", "Period").stream().map(each -> alarm(alarms, name, each).get(0))
                .toList());
    }

    private static String topic(String name) {
        return "arn:aws:sns:eu-central-1:123456789012:" + ID + "-" + name;
    }

    private static String suffix(String arn, String after) {
        return arn.substring(arn.indexOf(after) + after.length());
    }

    private static String out(RouteTable table) {
        return table.routes().stream().filter(route -> "0.0.0.0/0".equals(route.destinationCidrBlock())).findFirst()
                .map(route -> route.natGatewayId() != null ? route.natGatewayId() : route.gatewayId()).orElse(null);
    }

    private static Filter in(String vpc) {
        return Filter.builder().name("vpc-id").values(vpc).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String name(List<Tag> tags) {
        return tags.stream().filter(tag -> tag.key().equals("Name")).map(Tag::value).findFirst().orElse(null);
    }
}
