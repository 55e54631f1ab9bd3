package io.jenkins.plugins.ec2docker.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of the variables of {@code autoscaled}, {@code fargate} and the modules refuses what it should, naming field, value and rule. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@org.junit.jupiter.api.Tag("long")
class BlueprintVariablesTest {

    private static final Pattern RULE = Pattern.compile("^    error_message = \"(.*)\"$", Pattern.MULTILINE);

    /** All that a directory's variables ask for, with nothing wrong. */
    private static final Map<String, ObjectNode> GOOD = good();

    /** The variable whose rule a value of another one breaks. */
    private static final Map<String, String> TOLD_OF = Map.of("https_port", "edge", "load_balancer.health_check", "scaling");

    /** @param value in JSON */
    private record Bad(String directory, String path, String value, String message) {}

    private static final List<Bad> BAD = List.of(
            bad("autoscaled", "deployment_id", "'shop'", "followed by a dash and eight hexadecimal digits"),
            bad("autoscaled", "deployment_name", "'Shop'", "begin with a letter"),
            bad("autoscaled", "deployment_name", "'stop'", "the name that deployment_id begins with"),
            bad("autoscaled", "region", "'Frankfurt'", "code of an AWS region"),
            bad("autoscaled", "image_repositories", "[\"team/shop\"]", "ARNs of repositories"),
            bad("autoscaled", "permissions_boundary", "\"arn:aws:iam::123456789012:role/x\"", "ARN of an IAM policy"),
            bad("autoscaled", "max_retries", "101", "whole number from 0 to 100"),
            bad("autoscaled", "tags", "{" + tags(47) + "}", "46 at most"),
            bad("autoscaled", "tags", "{'<ops>': ''}", "keys of 1 to 128 letters"),
            bad("autoscaled", "tags", "{'team': '<ops>'}", "values of at most 256 letters"),
            bad("autoscaled", "tags", "{'Name': 'x'}", "which are reserved"),
            bad("autoscaled", "instance.user_data_file", "'nowhere'", "there is no nowhere"),
            bad("autoscaled", "instance.type", "'small'", "joined by a dot, such as t3.small; it is small"),
            bad("autoscaled", "instance.architecture", "'amd64'", "x86_64 or arm64; it is amd64"),
            bad("autoscaled", "instance.machine_image", "'ubuntu-20.04'", "or an AMI id such as ami-0123456789abcdef0; it is ubuntu-20.04"),
            bad("autoscaled", "instance.policy", "'all'", "an IAM policy in JSON"),
            bad("autoscaled", "instance.disk_size_gib", "0", "whole number from 1 to 65536; it is 0"),
            bad("autoscaled", "instance.ssh_public_key", "'ssh-dss AAAA'", "RSA or ED25519"),
            bad("autoscaled", "instance",
                    "{'type': 't3.small', 'architecture': 'arm64', 'machine_image': 'al2023', 'ssh_public_key': 'ssh-rsa AAAA', "
                            + "'key_name': 'ops'}",
                    "exclude each other"),
            bad("autoscaled", "instance.key_name", "' ops'", "no blank at either end"),
            bad("autoscaled", "instance.ssh_cidrs", "['203.0.113.1/24']",
                    "zero host bits, such as 203.0.113.0/24 or 2001:db8::/32; it is 203.0.113.1/24"),
            bad("autoscaled", "ports", "[]", "one port at least"),
            bad("autoscaled", "ports", "[0]", "from 1 to 65535; it is 0"),
            bad("autoscaled", "ports", "[80, 80]", "same port twice; it is 80, 80"),
            bad("autoscaled", "scaling.min", "4", "from 0 to scaling.max, which is 1 at least; they are 4 and 3"),
            bad("autoscaled", "scaling.desired", "5", "from scaling.min to scaling.max; it is 5, and they are 1 and 3"),
            bad("autoscaled", "scaling.cpu_target", "101", "a percentage from 1 to 100, or 0 for none; it is 101"),
            bad("autoscaled", "scaling.steps", "{'up': 0}", "up and down of 1 at least"),
            bad("autoscaled", "scaling.steps", "{}", "needs monitoring"),
            bad("autoscaled", "scaling.schedules", "{'a b': " + schedule("0 8 * * 1-5", "UTC", 1, 1) + "}",
                    "1 to 64 letters, digits, dashes and underscores; they are a b"),
            bad("autoscaled", "scaling.schedules", "{'up': " + schedule("8:00", "UTC", 1, 1) + "}",
                    "a cron of five fields, such as 0 8 * * 1-5; they are 8:00"),
            bad("autoscaled", "scaling.schedules", "{'up': " + schedule("0 8 * * *", "CEST?", 1, 1) + "}",
                    "of the IANA database, such as Europe/Berlin; they are CEST?"),
            bad("autoscaled", "scaling.schedules", "{'up': " + schedule("0 8 * * *", "UTC", 3, 2) + "}", "min ≤ desired ≤ max"),
            bad("autoscaled", "scaling.instance_types", "['t3.small']", "other than instance.type and each other; it is t3.small"),
            bad("autoscaled", "scaling.spot", "{'on_demand_percentage': 101}", "on_demand_percentage from 0 to 100"),
            bad("autoscaled", "scaling.spot", "{'allocation': 'cheap'}", "price-capacity-optimized, capacity-optimized or lowest-price"),
            bad("autoscaled", "scaling.grace_seconds", "-1", "from 0 to 7200; they are -1 and 300"),
            bad("autoscaled", "scaling.grace_seconds", "241", "sees whether new instances serve; it is 300, and they are 241 and 90"),
            bad("autoscaled", "load_balancer.health_check", "{'interval': 60, 'unhealthy_threshold': 5}",
                    "it is 300, and they are 120 and 300"),
            bad("autoscaled", "scaling.launch_timeout", "29", "from 30 to 7200; it is 29"),
            bad("autoscaled", "scaling.launch_default", "'RETRY'", "ABANDON or CONTINUE; it is RETRY"),
            bad("autoscaled", "scaling.refresh_healthy_percentage", "101", "from 0 to 100; it is 101"),

            bad("fargate", "deployment_id", "'shop'", "followed by a dash and eight hexadecimal digits"),
            bad("fargate", "deployment_name", "'Shop'", "begin with a letter"),
            bad("fargate", "deployment_name", "'stop'", "the name that deployment_id begins with"),
            bad("fargate", "region", "'Frankfurt'", "code of an AWS region"),
            bad("fargate", "permissions_boundary", "\"arn:aws:iam::123456789012:role/x\"", "ARN of an IAM policy"),
            bad("fargate", "max_retries", "101", "whole number from 0 to 100"),
            bad("fargate", "tags", "{" + tags(47) + "}", "46 at most"),
            bad("fargate", "tags", "{'<ops>': ''}", "keys of 1 to 128 letters"),
            bad("fargate", "tags", "{'team': '<ops>'}", "values of at most 256 letters"),
            bad("fargate", "tags", "{'Name': 'x'}", "which are reserved"),
            bad("fargate", "containers", "[]", "1 to 10, as many as a task may have; they are 0"),
            bad("fargate", "containers", "[{'name': 'a b', 'image': 'nginx', 'ports': [80]}]", "each its own; they are a b"),
            bad("fargate", "containers", "[{'name': 'a', 'image': 'my image', 'ports': [80]}]", "an image without blanks"),
            bad("fargate", "containers", "[{'name': 'a', 'image': 'nginx', 'ports': [65536]}]",
                    "whole numbers from 1 to 65535; they are 65536"),
            bad("fargate", "containers", "[{'name': 'a', 'image': 'nginx'}]", "one port at least among them"),
            bad("fargate", "containers", "[{'name': 'a', 'image': 'nginx', 'ports': [80], 'environment': {'A-B': ''}}]",
                    "names of letters, digits and underscores, none in both"),
            bad("fargate", "containers", "[{'name': 'a', 'image': 'nginx', 'ports': [80], 'secrets': {'A': 'hunter2'}}]",
                    "ARNs of secrets"),
            bad("fargate", "containers", "[{'name': 'a', 'image': 'nginx', 'ports': [80], 'essential': false}]", "an essential one"),
            bad("fargate", "task.memory", "4096", "they are 256 and 4096"),
            bad("fargate", "task.architecture", "'amd64'", "x86_64 or arm64; it is amd64"),
            bad("fargate", "task.disk_size_gib", "20", "from 21 to 200, or null for 20; it is 20"),
            bad("fargate", "task.policy", "'all'", "an IAM policy in JSON"),
            bad("fargate", "scaling.min", "7", "from 0 to scaling.max, which is 1 at least; they are 7 and 6"),
            bad("fargate", "scaling.desired", "0", "from scaling.min to scaling.max; it is 0, and they are 1 and 6"),
            bad("fargate", "scaling.cpu_target", "101", "or 0 for none; they are 101 and 0"),
            bad("fargate", "scaling.steps", "{'up': 0}", "up and down of 1 at least"),
            bad("fargate", "scaling.steps", "{}", "needs monitoring"),
            bad("fargate", "scaling.schedules", "{'a b': " + schedule("0 8 * * *", "UTC", 1, 1) + "}",
                    "1 to 64 letters, digits, dashes and underscores; they are a b"),
            bad("fargate", "scaling.schedules", "{'up': " + schedule("8:00", "UTC", 1, 1) + "}",
                    "a cron of five fields, such as 0 8 * * MON-FRI; they are 8:00"),
            bad("fargate", "scaling.schedules", "{'up': " + schedule("0 8 * * 1-5", "UTC", 1, 1) + "}",
                    "days of the week by letters, such as MON-FRI"),
            bad("fargate", "scaling.schedules", "{'up': " + schedule("0 8 * * *", "CEST?", 1, 1) + "}",
                    "of the IANA database, such as Europe/Berlin; they are CEST?"),
            bad("fargate", "scaling.schedules", "{'up': " + schedule("0 8 * * *", "UTC", 3, 2) + "}", "min ≤ max"),
            bad("fargate", "scaling.spot", "{'on_demand_percentage': 101}", "on_demand_percentage from 0 to 100"),
            bad("fargate", "scaling.grace_seconds", "7201", "from 0 to 7200; it is 7201"),

            bad("modules/network", "network.cidr", "'10.0.0.1/16'",
                    "of /16 to /24 with zero host bits, such as 10.0.0.0/16; it is 10.0.0.1/16"),
            bad("modules/network", "network.cidr", "'10.0.0.0/25'", "it is 10.0.0.0/25"),
            bad("modules/network", "network.cidr", "'2001:db8::/56'", "it is 2001:db8::/56"),
            bad("modules/network", "network.zones", "4", "2 or 3; it is 4"),
            bad("modules/network", "network.nat", "'one'", "none, single or per_zone; it is one"),
            bad("modules/network", "network.endpoints", "['sqs']", "must be among s3, ec2, ssm"),
            bad("modules/network", "network.flow_log_retention_days", "31", "that CloudWatch Logs knows"),
            bad("modules/network", "network.vpc_id", "'default'", "the id of a VPC"),
            bad("modules/network", "network.public_subnet_ids", "['a']", "ids of subnets"),
            bad("modules/network", "network.vpc_id", "'vpc-0123456789abcdef0'", "needs public_subnet_ids, two at least"),
            bad("modules/network", "network.private_subnet_ids", "['subnet-0123456789abcdef0']", "need vpc_id"),

            bad("modules/load-balancer", "load_balancer.certificate_arn", "'mine'",
                    "ARN of an ACM certificate in the deployment's region; it is mine"),
            bad("modules/load-balancer", "load_balancer.ingress_cidrs", "['everywhere']", "canonical form with zero host bits"),
            bad("modules/load-balancer", "load_balancer.ingress_cidrs", "['0.0.0.0/0', '0.0.0.0/0']", "same network twice"),
            bad("modules/load-balancer", "load_balancer.http_port", "443", "different whole numbers from 1 to 65535; they are 443 and 443"),
            bad("modules/load-balancer", "load_balancer.idle_timeout", "0", "from 1 to 4000; it is 0"),
            bad("modules/load-balancer", "load_balancer.deregistration_delay", "3601", "from 0 to 3600; it is 3601"),
            bad("modules/load-balancer", "load_balancer.stickiness_seconds", "604801", "from 1 to 604800, or null for none; it is 604801"),
            bad("modules/load-balancer", "load_balancer.log_retention_days", "0", "days from 1, or null for no access logs; it is 0"),
            bad("modules/load-balancer", "load_balancer.health_check.path", "'health'", "begin with a slash"),
            bad("modules/load-balancer", "load_balancer.health_check.port", "0", "or null for the port that requests go to; it is 0"),
            bad("modules/load-balancer", "load_balancer.health_check.matcher", "'ok'", "HTTP codes from 200 to 499"),
            bad("modules/load-balancer", "load_balancer.health_check.timeout", "30",
                    "timeout from 2 to less than that; they are 30 and 30"),
            bad("modules/load-balancer", "load_balancer.health_check.healthy_threshold", "1",
                    "whole numbers from 2 to 10; they are 1 and 3"),

            bad("modules/database", "database.engine_version", "'9.6'", "from 13 to 18, such as 16 or 16.4; it is 9.6"),
            bad("modules/database", "database.instance_class", "'t3.micro'", "a class of RDS, such as db.t3.micro; it is t3.micro"),
            bad("modules/database", "database.name", "'my-app'",
                    "1 to 63 letters, digits and underscores, and begin with a letter; it is my-app"),
            bad("modules/database", "database.username", "'postgres'", "none of the reserved names"),
            bad("modules/database", "database.storage_gib", "19", "from 20 to 65536; it is 19"),
            bad("modules/database", "database.max_storage_gib", "20", "more than database.storage_gib"),
            bad("modules/database", "database.backup_retention_days", "36", "from 0 to 35; it is 36"),
            bad("modules/database", "database.password_rotation_days", "1001", "from 1 to 1000; it is 1001"),
            bad("modules/database", "database.log_retention_days", "2", "that CloudWatch Logs knows"),

            bad("modules/registry", "registry.name", "'Shop'", "lower case letters and digits"),
            bad("modules/registry", "registry.keep_images", "0", "from 1 to 10000; it is 0"),

            bad("modules/bastion", "bastion.instance_type", "'nano'", "such as t3.nano; it is nano"),
            bad("modules/bastion", "bastion.ssh_cidrs", "['::/0']", "IPv4 networks in canonical form"),
            bad("modules/bastion", "bastion.ssh_cidrs", "['203.0.113.0/24']", "needs bastion.key_name"),
            bad("modules/bastion", "bastion.lifetime_minutes", "-1", "or 0 for no end; it is -1"),

            bad("modules/backup", "backup.daily_retention_days", "-1", "or 0 for none; they are -1, 30 and 90"),
            bad("modules/backup", "backup",
                    "{'daily_retention_days': 0, 'weekly_retention_days': 0, 'monthly_retention_days': 0, 'hour': 3, 'time_zone': 'UTC', "
                            + "'copy_vault_arn': null, 'copy_retention_days': 30, 'delete_backups': false}",
                    "leave backup null for none"),
            bad("modules/backup", "backup.hour", "24", "from 0 to 23; it is 24"),
            bad("modules/backup", "backup.time_zone", "'CEST?'", "such as Europe/Berlin; it is CEST?"),
            bad("modules/backup", "backup.copy_vault_arn", "'eu-west-1'", "ARN of a backup vault, or null for no copies; it is eu-west-1"),
            bad("modules/backup", "backup.copy_retention_days", "0", "from 1; it is 0"),

            bad("modules/edge", "edge.origin_domain_name", "'Example'", "names of hosts in lower case"),
            bad("modules/edge", "edge.certificate_arn", "'arn:aws:acm:eu-central-1:123456789012:certificate/a'",
                    "in us-east-1, where CloudFront looks for it"),
            bad("modules/edge", "edge.domain_names", "['www.example.com']", "needs edge.certificate_arn"),
            bad("modules/edge", "edge.zone_id", "'example.com'", "id of a Route 53 zone"),
            bad("modules/edge", "https_port", "443", "must be a name of the load balancer's certificate"),
            bad("modules/edge", "edge.bucket_paths", "['static/*']", "begin with a slash, such as /static/*; they are static/*"),
            bad("modules/edge", "edge.default_root_object", "'/index.html'", "without a leading slash"),
            bad("modules/edge", "edge.rate_limit", "9", "from 10; it is 9"),
            bad("modules/edge", "edge.price_class", "'All'", "PriceClass_100, PriceClass_200 or PriceClass_All; it is All"),

            bad("modules/monitoring", "monitoring.mails", "['ops']", "mail addresses, such as ops@example.com; it is ops"),
            bad("modules/monitoring", "monitoring.lambda_arns", "['nbg']", "ARNs of Lambda functions; it is nbg"),
            bad("modules/monitoring", "monitoring.retention_days", "2", "that CloudWatch Logs knows"),
            bad("modules/monitoring", "monitoring.cpu_high.period", "45", "a period of 10, 20, 30 or a multiple of 60 seconds"),
            bad("modules/monitoring", "monitoring.status_check", "{'periods': 0, 'period': 60}", "must have periods from 1 on"),
            bad("modules/monitoring", "monitoring.memory_high", "101", "must be percentages; they are 60, 55, 101 and 85"),
            bad("modules/monitoring", "monitoring.cpu_low.threshold", "60",
                    "must be below monitoring.cpu_high.threshold; they are 60 and 60"),
            bad("modules/monitoring", "monitoring.errors_high", "-1", "must not be negative"),
            bad("modules/monitoring", "monitoring.event_patterns", "{'deploy': 'all'}", "EventBridge patterns in JSON"));

    private final Map<Bad, List<String>> refusals = new LinkedHashMap<>();

    @BeforeAll
    void refuse(@TempDir Path directory) throws IOException {
        for (String each : GOOD.keySet()) {
            BlueprintDirectory variables = copy(each, directory);
            variables.variables(Variables.map(GOOD.get(each)));
            variables.plan().mustSucceed();
            for (Bad bad : BAD) {
                if (bad.directory().equals(each)) {
                    refusals.put(bad, refusals(variables, bad));
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> bad_values_are_refused_in_the_rules_own_words() {
        return refusals.entrySet().stream().map(each -> DynamicTest.dynamicTest(each.getKey().toString(), () -> {
            Bad bad = each.getKey();
            String variable = TOLD_OF.getOrDefault(bad.path(), bad.path().split("\\.")[0]);
            assertThat(each.getValue()).anySatisfy(message -> assertThat(message).startsWith(variable).contains(bad.message()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> no_rule_is_forgotten_here() {
        return GOOD.keySet().stream().map(directory -> DynamicTest.dynamicTest(directory, () -> {
            List<String> seen = refusals.entrySet().stream().filter(e -> e.getKey().directory().equals(directory))
                    .flatMap(e -> e.getValue().stream()).toList();
            assertThat(rules(directory)).isNotEmpty().allSatisfy(rule -> assertThat(seen).anyMatch(message -> message.startsWith(rule)));
        }));
    }

    /** Of each rule what stands before the first value that it quotes. */
    private static List<String> rules(String of) throws IOException {
        Matcher rule = RULE.matcher(Files.readString(Path.of("terraform-templates", of, "variables.tf")));
        return rule.results().map(found -> found.group(1).split("\\$\\{")[0].replace("\\\"", "\"")).toList();
    }

    private static List<String> refusals(BlueprintDirectory variables, Bad bad) {
        variables.variables(Variables.map(Variables.with(GOOD.get(bad.directory()), bad.path(), bad.value())));
        BlueprintDirectory.Result plan = variables.plan();
        assertThat(plan.exitCode()).as(plan.text()).isEqualTo(1);
        return plan.events("diagnostic").stream().map(event -> event.path("diagnostic").path("detail").asText()).toList();
    }

    private static BlueprintDirectory copy(String of, Path directory) throws IOException {
        BlueprintDirectory copy = BlueprintDirectory.variablesOnly(of, Files.createDirectories(directory.resolve(of.replace('/', '-'))));
        copy.write("bootstrap/user-data", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        return copy;
    }

    private static Bad bad(String directory, String path, String value, String message) {
        return new Bad(directory, path, value.replace('\'', '"'), message);
    }

    private static String schedule(String cron, String zone, int min, int max) {
        return "{'cron': '" + cron + "', 'time_zone': '" + zone + "', 'min': " + min + ", 'max': " + max + ", 'desired': " + min + "}";
    }

    private static String tags(int count) {
        return String.join(", ", Stream.iterate(0, i -> i + 1).limit(count).map(i -> "'tag" + i + "': 'x'").toList());
    }

    private static Map<String, ObjectNode> good() {
        Map<String, ObjectNode> good = new LinkedHashMap<>();
        good.put("autoscaled", Variables.autoscaled());
        good.put("fargate", Variables.fargate());
        String id = "{'id': 'shop-0a1b2c3d', 'kms_key_arn': 'arn:aws:kms:eu-central-1:123456789012:key/a', ";
        good.put("modules/network", json(id + """
                'region': 'eu-central-1', 'name': 'shop', 'ssh_cidrs': [], 'listener_ports': [80], 'endpoint_security_group_id': 'sg-1', 'network': {'cidr': '10.0.0.0/16', 'zones': 2, 'nat': 'single',
                'endpoints': ['s3'], 'flow_logs': true, 'flow_log_retention_days': 30, 'vpc_id': null, 'public_subnet_ids': [],
                'private_subnet_ids': [], 'database_subnet_ids': []}}"""));
        good.put("modules/load-balancer", json("""
                {'id': 'shop-0a1b2c3d', 'vpc_id': 'vpc-1', 'subnet_ids': [], 'security_group_id': 'sg-1', 'target_type': 'ip', 'target_port': 80,
                'load_balancer': {'certificate_arn': null, 'ingress_cidrs': ['0.0.0.0/0', '2001:db8::/32'], 'internal': false, 'http_port': 80,
                'https_port': 443, 'idle_timeout': 60, 'deregistration_delay': 60, 'stickiness_seconds': null, 'deletion_protection': false,
                'log_retention_days': null, 'health_check': {'path': '/a?b=%20', 'port': null, 'matcher': '200-299,404', 'interval': 30, 'timeout': 5,
                'healthy_threshold': 2, 'unhealthy_threshold': 3}}}"""));
        good.put("modules/database", json(id + """
                'subnet_ids': [], 'security_group_id': 'sg-1', 'database': {'engine_version': '16.4', 'instance_class': 'db.t3.micro', 'name': 'app',
                'username': 'app', 'storage_gib': 20, 'max_storage_gib': 100, 'multi_az': false, 'backup_retention_days': 7,
                'deletion_protection': false, 'final_snapshot': true, 'password_rotation_days': 30, 'log_retention_days': 30}}"""));
        good.put("modules/registry", json(id + "'registry': {'name': 'team/shop', 'keep_images': 30, 'delete_images': false}}"));
        good.put("modules/bastion", json(id + """
                'name': 'shop', 'subnet_id': 'subnet-1', 'security_group_id': 'sg-1', 'bastion': {'instance_type': 't3.nano', 'ssh_cidrs': [],
                'key_name': null, 'lifetime_minutes': 480}}"""));
        good.put("modules/backup", json(id + """
                'backup': {'daily_retention_days': 14, 'weekly_retention_days': 30, 'monthly_retention_days': 90, 'hour': 3, 'time_zone': 'Etc/UTC',
                'copy_vault_arn': 'arn:aws:backup:eu-west-1:123456789012:backup-vault:copies', 'copy_retention_days': 30,
                        'delete_backups': false}}"""));
        good.put("modules/edge", json("""
                {'id': 'shop-0a1b2c3d', 'load_balancer_dns': 'a.elb.amazonaws.com', 'load_balancer_zone_id': 'Z1', 'http_port': 80, 'https_port': null,
                'edge': {'domain_names': [], 'certificate_arn': null, 'zone_id': null, 'origin_domain_name': null, 'bucket_paths': ['/static/*'],
                'default_root_object': null, 'cache_answers': false, 'waf': true, 'rate_limit': 2000, 'price_class': 'PriceClass_100',
                'delete_bucket_content': false}}"""));
        good.put("modules/monitoring", json(id + """
                'region': 'eu-central-1', 'group_name': 'g', 'namespace': 'n', 'cluster_name': null, 'service_name': null, 'load_balancer': 'app/a/b',
                'target_group': 'targetgroup/a/b', 'database': null, 'steps': false, 'step_up_arn': null, 'step_down_arn': null,
                'monitoring': {'mails': ['ops@example.com'], 'lambda_arns': [], 'retention_days': 30, 'agent': true,
                'cpu_high': {'threshold': 60, 'periods': 3, 'period': 30}, 'cpu_low': {'threshold': 55, 'periods': 2, 'period': 60},
                'response_time': {'threshold': 5, 'periods': 3, 'period': 180}, 'unhealthy_hosts': {'threshold': 2, 'periods': 2, 'period': 60},
                'status_check': {'periods': 3, 'period': 60}, 'memory_high': 85, 'disk_high': 85, 'errors_high': 10, 'scaling_events': true,
                'event_patterns': {}}}"""));
        return good;
    }

    private static ObjectNode json(String text) {
        return Variables.of(text.replace('\'', '"'));
    }
}
