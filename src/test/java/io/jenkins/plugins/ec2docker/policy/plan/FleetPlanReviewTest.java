package io.jenkins.plugins.ec2docker.policy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guardrails make of requests and plans of the blueprints with several instances or tasks. */
class FleetPlanReviewTest {
    private static final Guardrails STRICT = Guardrails.builder().regions(List.of("eu-central-1")).instanceTypes(List.of("t3.*"))
            .images(List.of("nginx:*")).ingressCidrs(List.of("10.0.0.0/8")).build();
    private static final String AUTOSCALED = """
            {name: a, blueprint: autoscaled, region: eu-central-1, instanceType: t3.small, containers: [{image: "nginx:1", ports: ["80:80"]}],
             network: {ingressCidrs: [10.0.0.0/8]}, %s}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "aws_launch_template|{'instance_type': 'm5.large', 'metadata_options': [{'http_tokens': 'required'}], 'block_device_mappings': [{'ebs': [{'encrypted': 'true'}]}]}|x.instance_type \"m5.large\": is not allowed here; choose from: t3.*.",
        "aws_launch_template|{'instance_type': 't3.small', 'metadata_options': [{'http_tokens': 'optional'}], 'block_device_mappings': [{'ebs': [{'encrypted': 'true'}]}]}|x.metadata_options.http_tokens \"optional\": must be \"required\"; an instance would answer IMDSv1.",
        "aws_launch_template|{'instance_type': 't3.small', 'metadata_options': [{'http_tokens': 'required'}], 'block_device_mappings': [{'ebs': [{'encrypted': 'true'}]}, {'ebs': [{}]}]}|x.block_device_mappings.ebs.encrypted: must be true for each disk; one would not be encrypted.",
        "aws_instance|{'instance_type': 't3.nano', 'metadata_options': [{'http_tokens': 'required'}], 'root_block_device': [{'encrypted': false}]}|x.root_block_device.encrypted: must be true; the root volume would not be encrypted.",
        "aws_ecs_service|{'network_configuration': [{'assign_public_ip': true}]}|x.network_configuration.assign_public_ip \"true\": must be false; tasks are behind the load balancer.",
        "aws_ecs_task_definition|{'container_definitions': '[{\"image\": \"redis:7\"}]'}|x.container_definitions.image \"redis:7\": is not allowed here; choose from: nginx:*.",
        "aws_db_instance|{'instance_class': 'db.m5.large', 'storage_encrypted': true}|x.instance_class \"db.m5.large\": is not of an allowed instance type; choose from: t3.*.",
        "aws_db_instance|{'instance_class': 'db.t3.micro', 'storage_encrypted': true, 'publicly_accessible': true}|x.publicly_accessible \"true\": must be false; a database is reached by the containers alone.",
        "aws_db_instance|{'instance_class': 'db.t3.micro'}|x.storage_encrypted: must be true; the database would not be encrypted.",
        "aws_secretsmanager_secret_rotation|{'rotation_lambda_arn': 'arn:aws:lambda:eu-central-1:210987654321:function:x'}|x.rotation_lambda_arn \"arn:aws:lambda:eu-central-1:210987654321:function:x\": must be absent; RDS changes the database's password itself.",
        "aws_cloudfront_distribution|{}|x.enabled: would show the containers to the whole internet, which is not within an allowed network: 10.0.0.0/8.",
        "aws_s3_bucket_public_access_block|{'block_public_acls': true, 'block_public_policy': true, 'ignore_public_acls': true}|x.restrict_public_buckets \"false\": must be true; the bucket could be public.",
        "aws_vpc_security_group_ingress_rule|{'cidr_ipv4': '0.0.0.0/0', 'cidr_ipv6': null}|x.cidr_ipv4 \"0.0.0.0/0\": is not within an allowed network: 10.0.0.0/8.",
        "aws_vpc_security_group_ingress_rule|{'cidr_ipv6': null}|x.cidr_ipv4: must be known before; the network that the rule lets in is not.",
        "aws_vpc_security_group_ingress_rule|{'cidr_ipv4': null, 'cidr_ipv6': null, 'prefix_list_id': 'pl-1'}|x.prefix_list_id \"pl-1\": must be absent;"
                + " its networks are in no plan, and only these are allowed: 10.0.0.0/8.",
        "aws_default_security_group|{'ingress': [{'from_port': 22}]}|x.ingress: must be absent; a security group lets in by rules of their own only, which are reviewed.",
        "aws_iam_role|{'assume_role_policy': '{\"Statement\": {\"Principal\": {\"AWS\": \"*\"}}}'}|x.assume_role_policy: must let one of the services assume the role that the blueprint has roles for, and nobody else.",
        "aws_iam_role_policy|{'policy': '{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\", \"iam:PassRole\"], \"Resource\": \"*\"}]}'}|x.policy: must not allow iam:PassRole, by which a container could give itself more permissions.",
        "aws_iam_role_policy|{'policy': '{\"Statement\": {\"Effect\": \"Allow\", \"NotAction\": \"s3:*\", \"Resource\": \"*\"}}'}|x.policy: must name what it allows by Action; NotAction allows everything else.",
        "aws_iam_role_policy_attachment|{'policy_arn': 'arn:aws:iam::aws:policy/AdministratorAccess'}|x.policy_arn \"arn:aws:iam::aws:policy/AdministratorAccess\": must be a policy that the blueprint attaches; no other is.",
        "aws_iam_user|{}|x \"aws_iam_user\": is of a type that no blueprint has."
    })
    void what_may_not_be_is_refused(String type, String after, String message) throws Exception {
        PlannedResource resource =
                new PlannedResource("x", type, true, new ObjectMapper().readTree(after.replace("\"", "\\\"").replace("'", "\"")));

        assertThat(PlanReview.review(STRICT, "autoscaled", List.of(resource))).extracting(Violation::toString).containsExactly(message);
    }

    @Test
    void a_rule_that_lets_in_another_group_is_none_of_a_network() throws Exception {
        PlannedResource rule = new PlannedResource("x", "aws_vpc_security_group_ingress_rule", true,
                new ObjectMapper().readTree("{\"cidr_ipv4\": null, \"cidr_ipv6\": null, \"prefix_list_id\": null}"));

        assertThat(PlanReview.review(STRICT, "fargate", List.of(rule))).isEmpty();
    }

    @Test
    void a_rule_with_the_addresses_of_cloudfront_is_allowed_where_everybody_is() throws Exception {
        PlannedResource rule = new PlannedResource("x", "aws_vpc_security_group_ingress_rule", true,
                new ObjectMapper().readTree("{\"cidr_ipv4\": null, \"cidr_ipv6\": null, \"prefix_list_id\": \"pl-1\"}"));

        assertThat(PlanReview.review(Guardrails.UNRESTRICTED, "fargate", List.of(rule))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"arn:aws:iam::123456789012:policy/b, 0", "arn:aws:iam::123456789012:policy/other, 1", ", 1"})
    void every_role_has_the_boundary_that_administrators_demand(String boundary, int refusals) throws Exception {
        Guardrails bounded = Guardrails.builder().permissionsBoundary("arn:aws:iam::123456789012:policy/b").build();
        String trust =
                "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}}}";
        PlannedResource role = new PlannedResource("x", "aws_iam_role", true,
                new ObjectMapper().createObjectNode().put("assume_role_policy", trust).put("permissions_boundary", boundary));

        assertThat(PlanReview.review(bounded, "fargate", List.of(role))).hasSize(refusals);
    }

    @Test
    void every_type_of_the_blueprints_is_known() throws Exception {
        Set<String> types = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("terraform-templates"))) {
            for (Path file : files
                    .filter(each -> each.getFileName().toString().equals("main.tf") && !each.toString().contains("/instance/")).toList()) {
                Matcher resource = Pattern.compile("(?m)^resource \"(\\w+)\"").matcher(Files.readString(file));
                while (resource.find()) {
                    types.add(resource.group(1));
                }
            }
        }
        for (String type : types) {
            PlannedResource resource = new PlannedResource("x", type, true, new ObjectMapper().readTree("{}"));
            assertThat(PlanReview.review(Guardrails.UNRESTRICTED, "autoscaled", List.of(resource))).extracting(Violation::message)
                    .doesNotContain("is of a type that no blueprint has.");
        }
        assertThat(types).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "scaling: {instanceTypes: [t3.large, m5.large]}|scaling.instanceTypes[1] \"m5.large\": is not allowed here; choose from: t3.*.",
        "bastion: {instanceType: m5.large}|bastion.instanceType \"m5.large\": is not allowed here; choose from: t3.*.",
        "bastion: {sshCidrs: [192.0.2.0/24]}|bastion.sshCidrs[0] \"192.0.2.0/24\": is not within an allowed network; name one within: 10.0.0.0/8.",
        "database: {instanceClass: db.m5.large}|database.instanceClass \"db.m5.large\": is not allowed here; choose from: t3.*.",
        "edge: {}|edge: shows the containers to the whole internet, but only these networks are allowed: 10.0.0.0/8; leave it out."
    })
    void what_a_request_may_not_ask_for_is_refused(String section, String message) throws Exception {
        assertThat(STRICT
                .check(RequestParser.parse(DocumentReader.read(AUTOSCALED.formatted(section), DocumentReader.Format.YAML)).orElseThrow()))
                .extracting(Violation::toString).containsExactly(message);
    }

    @Test
    void a_task_may_not_give_itself_more_permissions() throws Exception {
        String request = """
                {name: a, blueprint: fargate, region: eu-central-1, containers: [{image: nginx, ports: ["80:80"]}],
                 task: {policy: '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'}}
                """;
        assertThat(
                Guardrails.UNRESTRICTED.check(RequestParser.parse(DocumentReader.read(request, DocumentReader.Format.YAML)).orElseThrow()))
                .extracting(Violation::toString)
                .containsExactly("task.policy: must not allow *, by which a container could give itself more permissions.");
    }

    @Test
    void containers_of_instances_may_not_give_themselves_more_permissions() throws Exception {
        String policy = "instancePolicy: '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\"}}'";
        assertThat(Guardrails.UNRESTRICTED
                .check(RequestParser.parse(DocumentReader.read(AUTOSCALED.formatted(policy), DocumentReader.Format.YAML)).orElseThrow()))
                .extracting(Violation::toString)
                .containsExactly("instancePolicy: must not allow iam:PassRole, by which a container could give itself more permissions.");
    }
}
