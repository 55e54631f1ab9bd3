package io.jenkins.plugins.ec2docker.blueprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wished for in one of the rarer ways, as far as a plan of {@code autoscaled} or {@code fargate} tells of it; nothing is created. */
@ExtendWith(MotoExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlueprintPlanTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:nbg";
    private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINngVHcLVgDCfHqP7Tyk97jsquU3F+NnALhusaufX5wN someone";

    private BlueprintDirectory autoscaled;
    private BlueprintDirectory fargate;
    /** Of the wish for much. */
    private Map<String, JsonNode> instances;
    private Map<String, JsonNode> tasks;

    @BeforeAll
    void plan(@TempDir Path directory, Moto moto) throws Exception {
        autoscaled = BlueprintDirectory.initialised("autoscaled", Files.createDirectory(directory.resolve("plan-autoscaled")), moto);
        autoscaled.write("bootstrap/user-data", "#!/bin/sh".getBytes(UTF_8));
        fargate = BlueprintDirectory.initialised("fargate", Files.createDirectory(directory.resolve("plan-fargate")), moto);
        instances = planned(autoscaled, Variables.with(
                Variables.autoscaled(),
                "network", "{\"zones\": 3, \"nat\": \"per_zone\", \"cidr\": \"10.2.0.0/16\"}",
                "ports", "[8000]",
                "load_balancer", "{\"http_port\": 8000, \"ingress_cidrs\": [\"0.0.0.0/0\"], \"log_retention_days\": 90}",
                "instance.ssh_public_key", "\"" + KEY + "\"",
                "instance.ssh_cidrs", "[\"203.0.113.0/24\"]",
                "instance.machine_image", "\"al2023\"",
                "instance.policy", "\"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": []}\"",
                "scaling", "{\"instance_types\": [\"t3a.small\"], \"spot\": {\"on_demand_base\": 1, \"on_demand_percentage\": 25}}",
                "monitoring", "{\"lambda_arns\": [\"" + FUNCTION
                        + "\"], \"memory_high\": 0, \"disk_high\": 0, \"errors_high\": 0, \"scaling_events\": false}",
                "edge", "{\"cache_answers\": true, \"default_root_object\": \"main.html\"}",
                "database", "{}",
                "registry", "{\"name\": \"team/shop\"}",
                "image_repositories", "[\"arn:aws:ecr:eu-west-1:210987654321:repository/team/base\"]",
                "backup", "{\"volumes\": true}",
                "permissions_boundary", "\"" + BOUNDARY + "\"",
                "bastion", "{\"ssh_cidrs\": [\"198.51.100.0/24\"], \"key_name\": \"ops\"}"));
        tasks = planned(fargate, Variables.with(
                Variables.fargate(),
                "task",
                "{\"exec\": true, \"disk_size_gib\": 30, \"policy\": \"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": []}\"}",
                "scaling", "{\"memory_target\": 80}",
                "permissions_boundary", "\"" + BOUNDARY + "\"",
                "backup", "{}",
                "bastion", "{}"));
    }

    @Test
    void three_zones_each_with_a_nat_gateway() {
        assertThat(instances).containsKeys("module.network.aws_nat_gateway.this[2]", "module.network.aws_subnet.database[2]")
                .doesNotContainKey("module.network.aws_subnet.public[3]");
        assertThat(instances.get("module.network.aws_subnet.public[2]").path("cidr_block").asText()).isEqualTo("10.2.32.0/20");
    }

    @Test
    void other_ports_are_listened_on_and_without_a_certificate_there_is_no_https() {
        JsonNode listener = instances.get("module.load_balancer.aws_lb_listener.http");

        assertThat(listener.path("port").asInt()).isEqualTo(8000);
        assertThat(listener.path("default_action").path(0).path("type").asText()).isEqualTo("forward");
        assertThat(instances).doesNotContainKey("module.load_balancer.aws_lb_listener.https[0]");
        assertThat(instances).containsKey("module.security.aws_vpc_security_group_ingress_rule.load_balancer[\"tcp/8000 from 0.0.0.0/0\"]");
        assertThat(instances.keySet()).noneMatch(address -> address.contains("tcp/443"));
    }

    @Test
    void instances_are_entered_with_a_key_from_networks_that_may_and_from_the_bastion() {
        assertThat(instances.get("aws_key_pair.this[0]").path("public_key").asText()).isEqualTo(KEY);
        assertThat(instances.get("module.security.aws_vpc_security_group_ingress_rule.workload_ssh_networks[\"203.0.113.0/24\"]")
                .path("from_port").asInt()).isEqualTo(22);
        assertThat(instances).containsKey("module.security.aws_vpc_security_group_ingress_rule.workload_ssh[0]");
    }

    @Test
    void bastion_opens_ssh_to_those_who_may_and_ends_by_itself() {
        JsonNode bastion = instances.get("module.bastion[0].aws_instance.this");

        assertThat(instances.get("module.security.aws_vpc_security_group_ingress_rule.bastion[\"198.51.100.0/24\"]").path("from_port")
                .asInt()).isEqualTo(22);
        assertThat(bastion.path("key_name").asText()).isEqualTo("ops");
        assertThat(bastion.path("instance_initiated_shutdown_behavior").asText()).isEqualTo("terminate");
        assertThat(instances.get("module.network.aws_network_acl.public[0]").path("ingress").valueStream()
                .anyMatch(rule -> rule.path("from_port").asInt() == 22 && rule.path("cidr_block").asText().equals("198.51.100.0/24")))
                .isTrue();
    }

    @Test
    void spot_instances_of_several_types_beside_some_on_demand() {
        JsonNode group = instances.get("aws_autoscaling_group.this");
        JsonNode policy = group.path("mixed_instances_policy").path(0);

        assertThat(group.path("capacity_rebalance").asBoolean()).isTrue();
        assertThat(group.path("launch_template")).isEmpty();
        assertThat(policy.path("launch_template").path(0).path("override").valueStream().map(each -> each.path("instance_type").asText()))
                .containsExactly("t3.small", "t3a.small");
        JsonNode distribution = policy.path("instances_distribution").path(0);
        assertThat(distribution.path("on_demand_base_capacity").asInt()).isEqualTo(1);
        assertThat(distribution.path("on_demand_percentage_above_base_capacity").asInt()).isEqualTo(25);
        assertThat(distribution.path("spot_allocation_strategy").asText()).isEqualTo("price-capacity-optimized");
    }

    @Test
    void functions_are_called_by_the_topic_of_load_and_may_be() {
        assertThat(instances.get("module.monitoring[0].aws_sns_topic_subscription.lambda[\"" + FUNCTION + "\"]").path("protocol").asText())
                .isEqualTo("lambda");
        assertThat(instances.get("module.monitoring[0].aws_lambda_permission.load[\"" + FUNCTION + "\"]").path("principal").asText())
                .isEqualTo("sns.amazonaws.com");
    }

    @Test
    void alarms_can_be_left_out() {
        assertThat(instances.keySet().stream().filter(address -> address.contains("aws_cloudwatch_metric_alarm"))
                .map(address -> address.replaceAll(".*alarm\\.", "")))
                .containsExactlyInAnyOrder("cpu_high", "cpu_low", "response_time", "unhealthy_hosts", "status_check[0]");
        assertThat(instances.keySet()).noneMatch(address -> address.contains("aws_cloudwatch_event_rule"));
    }

    @Test
    void answers_are_cached_and_the_root_is_a_file_where_asked_for() {
        JsonNode distribution = instances.get("module.edge[0].aws_cloudfront_distribution.this");
        JsonNode origin = distribution.path("origin").valueStream().filter(each -> each.path("origin_id").asText().equals("load-balancer"))
                .findFirst().orElseThrow();

        assertThat(distribution.path("default_root_object").asText()).isEqualTo("main.html");
        assertThat(distribution.path("default_cache_behavior").path(0).path("cache_policy_id").asText())
                .isEqualTo("658327ea-f89d-4fab-a63d-7e88639e58f6");
        assertThat(distribution.path("viewer_certificate").path(0).path("cloudfront_default_certificate").asBoolean()).isTrue();
        assertThat(distribution.path("restrictions").path(0).path("geo_restriction").path(0).path("restriction_type").asText())
                .isEqualTo("none");
        assertThat(origin.path("custom_origin_config").path(0).path("origin_ssl_protocols").toString()).isEqualTo("[\"TLSv1.2\"]");
        assertThat(origin.path("custom_origin_config").path(0).path("origin_protocol_policy").asText()).isEqualTo("http-only");
    }

    @Test
    void cloudfront_is_let_into_the_load_balancer_by_the_list_that_aws_keeps_of_it_and_only_where_there_is_one() {
        JsonNode rule = instances.get("module.security.aws_vpc_security_group_ingress_rule.cloudfront[0]");

        assertThat(rule.path("prefix_list_id").asText()).startsWith("pl-");
        assertThat(rule.path("from_port").asInt()).isEqualTo(8000);
        assertThat(rule.path("to_port").asInt()).isEqualTo(8000);
        assertThat(rule.path("cidr_ipv4").isNull()).isTrue();
        assertThat(tasks.keySet()).isNotEmpty().noneMatch(address -> address.contains("ingress_rule.cloudfront"));
    }

    @Test
    void buckets_are_encrypted_closed_and_move_what_is_old_to_cheaper_storage() {
        for (String bucket : List.of("module.edge[0].%s.this", "module.load_balancer.%s.logs[0]")) {
            assertThat(instances.get(bucket.formatted("aws_s3_bucket_server_side_encryption_configuration")).toString()).contains("AES256");
            assertThat(instances.get(bucket.formatted("aws_s3_bucket_public_access_block")).path("restrict_public_buckets").asBoolean())
                    .isTrue();
        }
        assertThat(transition("module.edge[0].aws_s3_bucket_lifecycle_configuration.this")).isEqualTo("INTELLIGENT_TIERING");
        assertThat(transition("module.load_balancer.aws_s3_bucket_lifecycle_configuration.logs[0]")).isEqualTo("STANDARD_IA");
    }

    @Test
    void instances_may_use_registry_database_and_bucket_where_there_are_any() {
        assertThat(instances.get("module.registry[0].aws_ecr_repository.this").path("name").asText()).isEqualTo("team/shop");
        assertThat(instances.get("module.database[0].aws_db_instance.this").path("manage_master_user_password").asBoolean()).isTrue();
        assertThat(instances.get("module.database[0].terraform_data.final_snapshot").path("input").asText())
                .as("a name that no other database has had").matches(Variables.ID + "-final-20[0-9]{12}");
        assertThat(instances.get("module.database[0].aws_secretsmanager_secret_rotation.this").path("rotation_rules").path(0)
                .path("automatically_after_days").asInt()).as("not each week").isEqualTo(1000);
    }

    /** The last snapshot of a destroyed database can be read only for as long as its key is there. */
    @Test
    void the_key_outlives_the_deployment_for_as_long_as_aws_lets_it() {
        assertThat(instances.get("module.database[0].aws_db_instance.this").path("skip_final_snapshot").asBoolean()).isFalse();
        assertThat(instances.get("module.security.aws_kms_key.this").path("deletion_window_in_days").asInt()).isEqualTo(30);
    }

    @Test
    void backups_are_of_databases_and_of_disks_where_asked_for_and_of_nothing_else_that_carries_the_tag() {
        JsonNode disks = instances.get("module.backup[0].aws_backup_selection.this");
        assertThat(disks.path("resources").toString()).isEqualTo("[\"arn:aws:ec2:*:*:volume/*\",\"arn:aws:rds:*:*:db:*\"]");
        for (JsonNode selection : List.of(disks, tasks.get("module.backup[0].aws_backup_selection.this"))) {
            assertThat(selection.path("selection_tag")).isEmpty();
            assertThat(selection.path("condition").path(0).path("string_equals").toString())
                    .isEqualTo("[{\"key\":\"aws:ResourceTag/ec2-docker:deployment\",\"value\":\"" + Variables.ID + "\"}]");
        }
        assertThat(tasks.get("module.backup[0].aws_backup_selection.this").path("resources").toString())
                .isEqualTo("[\"arn:aws:rds:*:*:db:*\"]");
    }

    /** docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html */
    @Test
    void each_access_control_list_lets_in_that_packets_are_too_big() {
        for (String list : List.of("public", "private", "database")) {
            assertThat(instances.get("module.network.aws_network_acl." + list + "[0]").path("ingress").valueStream()
                    .filter(rule -> rule.path("protocol").asText().matches("icmp|1"))
                    .map(rule -> rule.path("icmp_type").asInt() + "/" + rule.path("icmp_code").asInt())).as(list).containsExactly("3/4");
        }
    }

    /** The log group that AWS would make by itself has neither key nor end, and stays when the cluster goes. */
    @Test
    void the_log_group_of_container_insights_is_the_deployments_own() {
        Map<String, JsonNode> watched = planned(fargate, Variables.with(Variables.fargate(), "monitoring", "{\"retention_days\": 14}"));

        assertThat(watched.get("aws_cloudwatch_log_group.insights[0]").path("name").asText())
                .isEqualTo("/aws/ecs/containerinsights/" + Variables.ID + "/performance");
        assertThat(watched.get("aws_cloudwatch_log_group.insights[0]").path("retention_in_days").asInt()).isEqualTo(14);
        assertThat(tasks).doesNotContainKey("aws_cloudwatch_log_group.insights[0]");
    }

    /** As AWS's offerings were when moto's were taken from them. */
    @Test
    void zones_that_do_not_offer_the_instance_type_are_not_chosen() {
        Map<String, JsonNode> planned = planned(autoscaled, Variables.with(Variables.autoscaled(), "instance.type", "\"c7i-flex.large\""));

        assertThat(planned.get("module.network.terraform_data.zones[0]").path("input").toString())
                .isEqualTo("[\"eu-central-1b\",\"eu-central-1c\"]");
        assertThat(instances.get("module.network.terraform_data.zones[0]").path("input")).hasSize(3);
    }

    /** Terraform starts a provider that nothing uses, too, and that asks STS of its Region who it is. */
    @Test
    void without_cloudfront_nothing_is_asked_of_another_region(@TempDir Path directory, Moto moto) throws Exception {
        Set<String> regions = ConcurrentHashMap.newKeySet();
        try (ApiProxy aws = new ApiProxy(moto.endpoint(), (call, passage) -> {
            regions.add(call.region());
            passage.answer(passage.forward());
        })) {
            Map<String, String> environment = new TreeMap<>(moto.environment());
            environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
            BlueprintDirectory closed =
                    BlueprintDirectory.initialised("fargate", Files.createDirectory(directory.resolve("plan-closed")), environment);

            planned(closed, Variables.fargate());

            assertThat(regions).containsExactly("eu-central-1");

            // Younger than the provider.
            planned(closed, Variables.with(Variables.fargate(), "region", "\"ap-southeast-6\""));

            assertThat(regions).containsExactlyInAnyOrder("eu-central-1", "ap-southeast-6");
        }
    }

    @Test
    void instances_find_the_database_and_the_repositories_of_their_images() {
        assertThat(instances.get("aws_ssm_parameter.database[0]").path("name").asText())
                .isEqualTo("/ec2-docker/" + Variables.ID + "/database");
        assertThat(tasks.keySet()).doesNotContain("aws_ssm_parameter.database[0]");
    }

    @Test
    void every_role_has_the_permissions_boundary_and_none_without_one() {
        for (Map<String, JsonNode> plan : List.of(instances, tasks)) {
            Map<String, JsonNode> roles = new TreeMap<>(plan);
            roles.keySet().removeIf(address -> !address.matches(".*\\baws_iam_role\\..*"));
            assertThat(roles).hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy((address, role) -> assertThat(role.path("permissions_boundary").asText()).as(address).isEqualTo(BOUNDARY));
        }
    }

    @Test
    void containers_reach_their_instance_s_role_only_where_they_are_to_do_something_by_it() {
        assertThat(instances.get("aws_iam_role_policy.further[0]").path("policy").asText()).contains("2012-10-17");
        assertThat(hops(instances)).isEqualTo(2);
        Map<String, JsonNode> plain = planned(autoscaled, Variables.autoscaled());
        assertThat(plain).doesNotContainKey("aws_iam_role_policy.further[0]");
        assertThat(hops(plain)).isEqualTo(1);
    }

    @Test
    void tasks_can_be_entered_and_do_more_where_asked_for() {
        assertThat(tasks.get("aws_ecs_service.this").path("enable_execute_command").asBoolean()).isTrue();
        assertThat(tasks.get("aws_iam_role_policy.exec[0]").path("policy").asText()).contains("ssmmessages:OpenDataChannel");
        assertThat(tasks).containsKey("aws_iam_role_policy.further[0]").doesNotContainKey("aws_iam_role_policy.files[0]");
        assertThat(tasks.get("aws_ecs_task_definition.this").path("ephemeral_storage").path(0).path("size_in_gib").asInt()).isEqualTo(30);
        assertThat(tasks.get("aws_appautoscaling_policy.target[\"ECSServiceAverageMemoryUtilization\"]")
                .path("target_tracking_scaling_policy_configuration").path(0).path("target_value").asInt()).isEqualTo(80);
        assertThat(tasks).containsKeys("module.backup[0].aws_backup_selection.this", "module.bastion[0].aws_instance.this");
        assertThat(tasks.keySet()).noneMatch(address -> address.contains("workload_ssh"));
    }

    @Test
    void an_existing_network_is_used_and_left_as_it_is() {
        ObjectNode existing = Variables.with(Variables.fargate(), "network", """
                {"vpc_id": "vpc-0123456789abcdef0", "public_subnet_ids": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                 "private_subnet_ids": ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"]}
                """, "database", "{}");

        Map<String, JsonNode> planned = planned(fargate, existing);

        assertThat(planned.keySet()).noneMatch(address -> address.startsWith("module.network."));
        assertThat(planned.get("aws_ecs_service.this").path("network_configuration").path(0).path("subnets").toString())
                .isEqualTo("[\"subnet-0123456789abcdef2\",\"subnet-0123456789abcdef3\"]");
        assertThat(planned.get("module.database[0].aws_db_subnet_group.this").path("subnet_ids").toString())
                .isEqualTo("[\"subnet-0123456789abcdef2\",\"subnet-0123456789abcdef3\"]");
        assertThat(planned.get("module.security.aws_security_group.workload").path("vpc_id").asText()).isEqualTo("vpc-0123456789abcdef0");
    }

    @Test
    void image_is_looked_up_once_and_again_for_another_release() {
        autoscaled.variables(Variables.map(Variables.autoscaled()));
        autoscaled.run("apply", "-input=false", "-json", "-auto-approve", "-target=terraform_data.image").mustSucceed();
        assertThat(autoscaled.stateAttributes().get("terraform_data.image").path("output").path("value").asText())
                .isEqualTo("ami-0ec2d0c00002204a1");

        autoscaled.variables(Variables.map(Variables.with(Variables.autoscaled(), "instance.image_release", "\"2026-12\"")));
        JsonNode plan = autoscaled.plannedJson();

        assertThat(plan.path("resource_changes").valueStream().filter(each -> each.path("address").asText().equals("terraform_data.image"))
                .map(each -> each.path("change").path("actions").toString()))
                .containsExactly("[\"create\",\"delete\"]");
        autoscaled.destroy();
    }

    private static int hops(Map<String, JsonNode> planned) {
        return planned.get("aws_launch_template.this").path("metadata_options").path(0).path("http_put_response_hop_limit").asInt();
    }

    private String transition(String lifecycle) {
        return instances.get(lifecycle).path("rule").path(0).path("transition").path(0).path("storage_class").asText();
    }

    private static Map<String, JsonNode> planned(BlueprintDirectory blueprint, ObjectNode variables) {
        blueprint.variables(Variables.map(variables));
        Map<String, JsonNode> resources = new TreeMap<>();
        modules(blueprint.plannedJson().path("planned_values").path("root_module"))
                .flatMap(module -> module.path("resources").valueStream())
                .filter(resource -> resource.path("mode").asText().equals("managed"))
                .forEach(resource -> resources.put(resource.path("address").asText(), resource.path("values")));
        return resources;
    }

    private static Stream<JsonNode> modules(JsonNode module) {
        return Stream.concat(Stream.of(module), module.path("child_modules").valueStream().flatMap(BlueprintPlanTest::modules));
    }
}
