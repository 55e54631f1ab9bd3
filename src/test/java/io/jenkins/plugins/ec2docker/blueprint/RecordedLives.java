package io.jenkins.plugins.ec2docker.blueprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.BlueprintDirectory;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Lets blueprints live a whole life with each of their options alone, and records what they call: creation, a change of everything that can
 * change in place, and the end. No test of a build; how to run it, and what becomes of the records, is in {@code src/test/iam/README.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class RecordedLives {

    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINngVHcVLgDCfHqP7Tyk97jsquU3F+NnALhusaufX5wN someone";
    private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:nbg";

    @ParameterizedTest
    @ValueSource(strings = {"plain", "monitoring", "backup", "database", "registry", "bastion", "edge", "logs", "vpc"})
    void autoscaled(String option, @TempDir Path directory) throws Exception {
        live("autoscaled", option, Variables.autoscaled(), directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "monitoring", "backup", "database", "registry", "bastion", "edge", "logs", "vpc"})
    void fargate(String option, @TempDir Path directory) throws Exception {
        live("fargate", option, Variables.fargate(), directory);
    }

    private void live(String blueprint, String option, ObjectNode least, Path directory) throws Exception {
        Path record = Path.of("target", "lives", blueprint + "-" + option + ".jsonl");
        assumeThat(record).as("a record that is to be made again must be deleted").doesNotExist();
        try (Moto moto = Moto.start(); RecordedCalls calls = new RecordedCalls(moto); Ec2Client ec2 = moto.ec2()) {
            BlueprintDirectory life = BlueprintDirectory.initialised(
                    blueprint, Files.createDirectory(directory.resolve(blueprint + "-" + option)), calls.environment());
            life.write("bootstrap/user-data", "first".getBytes(UTF_8));
            function(moto);
            ec2.importKeyPair(r -> r.keyName("ops").publicKeyMaterial(SdkBytes.fromUtf8String(KEY)));
            ObjectNode wish = wish(blueprint, option, least, new AwsAnswers(moto), ec2);
            try {
                life.variables(Variables.map(wish));
                life.apply();
                life.write("bootstrap/user-data", "second".getBytes(UTF_8));
                life.variables(Variables.map(changed(blueprint, option, wish, new AwsAnswers(moto))));
                life.apply();
                life.destroy();
            } finally {
                calls.save(record);
            }
        }
    }

    /** That monitoring is told to call. */
    private static void function(Moto moto) {
        String nobody = "{\"Version\": \"2012-10-17\", \"Statement\": []}";
        moto.iam().createRole(r -> r.roleName("nbg").assumeRolePolicyDocument(nobody));
        new AwsAnswers(moto).post("lambda", "/2015-03-31/functions",
                "{\"FunctionName\": \"nbg\", \"Runtime\": \"python3.12\", \"Handler\": \"a.b\","
                        + " \"Role\": \"arn:aws:iam::123456789012:role/nbg\", \"Code\": {\"ZipFile\": \"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==\"}}");
    }

    private static ObjectNode wish(String blueprint, String option, ObjectNode least, AwsAnswers aws, Ec2Client ec2) {
        ObjectNode wish = Variables.with(least, "tags", "{\"team\": \"ops\"}");
        boolean group = blueprint.equals("autoscaled");
        return switch (option) {
            case "plain" -> Variables.with(wish,
                    "load_balancer", "{\"ingress_cidrs\": [\"203.0.113.0/24\"], \"certificate_arn\": \"" + certificate(aws) + "\"}",
                    "network.endpoints", "[\"logs\"]",
                    "scaling", group
                            ? "{\"spot\": {}, \"schedules\": {\"up\": {\"cron\": \"0 8 * * 1-5\", \"min\": 1, \"max\": 3, \"desired\": 2}}}"
                            : "{\"memory_target\": 80, \"spot\": {}, \"schedules\": {\"up\": {\"cron\": \"0 8 * * MON-FRI\", \"min\": 1, \"max\": 3}}}",
                    // moto does not destroy a gateway endpoint whose routing tables have changed.
                    group ? "instance.machine_image" : "task.disk_size_gib", group ? "\"al2023\"" : "30",
                    group ? "instance.ssh_public_key" : "task.exec", group ? "\"" + KEY + "\"" : "true");
            case "monitoring" ->
                    Variables.with(wish, "scaling.steps", "{}", "monitoring", "{\"mails\": [\"ops@example.com\"], \"lambda_arns\": [\""
                            + FUNCTION + "\"], \"event_patterns\": {\"health\": \"{\\\"source\\\": [\\\"aws.health\\\"]}\"}}");
            case "backup" -> Variables.with(wish, "backup", "{}");
            case "database" -> Variables.with(wish, "database", "{}");
            case "registry" -> Variables.with(wish, "registry", "{\"delete_images\": true}");
            case "bastion" -> Variables.with(wish, "bastion", "{\"ssh_cidrs\": [\"203.0.113.0/24\"], \"key_name\": \"ops\"}");
            case "edge" -> Variables.with(wish, "edge", "{\"domain_names\": [\"www.example.com\"], \"delete_bucket_content\": true,"
                    + "\"certificate_arn\": \"" + certificate(aws.in("us-east-1")) + "\", \"zone_id\": \"" + zone(aws) + "\"}");
            case "logs" -> Variables.with(wish, "load_balancer.log_retention_days", "90");
            case "vpc" -> Variables.with(wish, "permissions_boundary", "\"" + BOUNDARY + "\"", "network", vpc(ec2));
            default -> throw new IllegalArgumentException(option);
        };
    }

    private static ObjectNode changed(String blueprint, String option, ObjectNode wish, AwsAnswers aws) {
        boolean group = blueprint.equals("autoscaled");
        ObjectNode changed = Variables.with(wish, "tags", "{\"cost\": \"4711\"}", "load_balancer.health_check.path", "\"/ready\"",
                "load_balancer.idle_timeout", "30", "scaling.max", "5");
        if (!group) {
            changed = Variables.with(changed, "containers", "[{\"name\": \"web\", \"image\": \"nginx:1.28\", \"ports\": [8080]}]");
        }
        return switch (option) {
            case "plain" -> Variables.with(changed, "scaling.schedules", "{}", "scaling.cpu_target", "50", "network.zones", "3",
                    "network.nat", "\"per_zone\"", "load_balancer.ingress_cidrs", "[\"198.51.100.0/24\"]",
                    "load_balancer.certificate_arn", "\"" + certificate(aws) + "\"");
            case "monitoring" -> Variables.with(changed, "monitoring.cpu_high", "{\"threshold\": 75}", "monitoring.mails", "[]",
                    "monitoring.lambda_arns", "[]", "monitoring.event_patterns", "{}", "monitoring.retention_days", "14");
            case "database" -> Variables.with(changed, "database.instance_class", "\"db.t3.small\"");
            case "registry" -> Variables.with(changed, "registry.keep_images", "10");
            case "bastion" -> Variables.with(changed, "bastion.instance_type", "\"t3.micro\"");
            case "edge" -> Variables.with(changed, "edge.rate_limit", "1000", "edge.price_class", "\"PriceClass_200\"");
            case "logs" -> Variables.with(changed, "load_balancer.log_retention_days", "30");
            default -> changed;
        };
    }

    private static String vpc(Ec2Client ec2) {
        Subnet first = ec2.describeSubnets().subnets().get(0);
        String subnets = "[\"" + first.subnetId() + "\", \"" + ec2.describeSubnets().subnets().get(1).subnetId() + "\"]";
        return "{\"vpc_id\": \"" + first.vpcId() + "\", \"public_subnet_ids\": " + subnets + ", \"private_subnet_ids\": " + subnets + "}";
    }

    private static String zone(AwsAnswers aws) {
        return aws.postXml("route53", "/2013-04-01/hostedzone",
                "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
                        + "<Name>example.com</Name><CallerReference>test</CallerReference></CreateHostedZoneRequest>")
                .one("//HostedZone/Id")
                .replace("/hostedzone/", "");
    }

    private static String certificate(AwsAnswers aws) {
        return aws.json("acm", "CertificateManager.RequestCertificate", "{\"DomainName\": \"www.example.com\"}").path("CertificateArn")
                .asText();
    }
}
