package io.jenkins.plugins.ec2docker.policy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With plans recorded from real Terraform; each says how. */
class PlanReviewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Guardrails FITTING = Guardrails.builder().regions(List.of("eu-central-1")).instanceTypes(List.of("t3.*"))
            .ingressCidrs(List.of("10.0.0.0/8", "2001:db8::/32")).build();

    @ParameterizedTest
    @ValueSource(strings = {"plan-create.json", "plan-unchanged.json"})
    void a_plan_of_the_blueprint_within_the_guardrails_passes(String plan) throws Exception {
        assertThat(PlanReview.review(FITTING, plan(plan))).isEmpty();
        assertThat(PlanReview.review(Guardrails.UNRESTRICTED, plan(plan))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan-create.json", "plan-unchanged.json"})
    void what_the_guardrails_do_not_allow_is_refused(String plan) throws Exception {
        Guardrails strict = Guardrails.builder().instanceTypes(List.of("m7g.*")).ingressCidrs(List.of("10.0.0.0/16")).build();

        assertThat(PlanReview.review(strict, plan(plan))).extracting(Violation::toString).containsExactlyInAnyOrder(
                "aws_instance.this.instance_type \"t3.small\": is not allowed here; choose from: m7g.*.",
                "aws_vpc_security_group_ingress_rule.this[\"tcp/22 from 10.0.0.0/8\"].cidr_ipv4 \"10.0.0.0/8\": is not within an allowed network: 10.0.0.0/16.",
                "aws_vpc_security_group_ingress_rule.this[\"tcp/80 from 10.0.0.0/8\"].cidr_ipv4 \"10.0.0.0/8\": is not within an allowed network: 10.0.0.0/16.",
                "aws_vpc_security_group_ingress_rule.this[\"tcp/80 from 2001:db8::/32\"].cidr_ipv6 \"2001:db8::/32\": is not within an allowed network: 10.0.0.0/16.");
    }

    @Test
    void a_role_without_the_boundary_that_bounds_every_role_is_refused() throws Exception {
        Guardrails bounded = Guardrails.builder().permissionsBoundary("arn:aws:iam::123456789012:policy/b").build();

        assertThat(PlanReview.review(bounded, plan("plan-create.json"))).extracting(Violation::toString).containsExactly(
                "aws_iam_role.this.permissions_boundary: must be arn:aws:iam::123456789012:policy/b, which bounds every role here.");
    }

    @Test
    void another_region_is_refused() throws Exception {
        Guardrails elsewhere = Guardrails.builder().regions(List.of("eu-west-1")).build();

        assertThat(PlanReview.review(elsewhere, plan("plan-unchanged.json"))).extracting(Violation::toString).containsExactly(
                "aws_instance.this.availability_zone \"eu-central-1a\": is not in an allowed Region: eu-west-1.");
        assertThat(refusal("aws_instance", after -> after.put("region", "us-east-1")))
                .isEqualTo("aws_instance.this.region \"us-east-1\": is not an allowed Region: eu-central-1.");
    }

    @Test
    void an_instance_without_its_protections_is_refused() throws Exception {
        assertThat(refusal("aws_instance", after -> block(after, "metadata_options").put("http_tokens", "optional")))
                .isEqualTo(
                        "aws_instance.this.metadata_options.http_tokens \"optional\": must be \"required\"; the instance would answer IMDSv1.");
        assertThat(refusal("aws_instance", after -> after.remove("metadata_options")))
                .isEqualTo("aws_instance.this.metadata_options.http_tokens: must be \"required\"; the instance would answer IMDSv1.");
        assertThat(refusal("aws_instance", after -> block(after, "root_block_device").put("encrypted", false)))
                .isEqualTo("aws_instance.this.root_block_device.encrypted: must be true; the root volume would not be encrypted.");
        assertThat(refusal("aws_instance", after -> block(after, "root_block_device").remove("encrypted")))
                .isEqualTo("aws_instance.this.root_block_device.encrypted: must be true; the root volume would not be encrypted.");
        assertThat(refusal("aws_instance", after -> after.putArray("ebs_block_device").addObject().put("encrypted", true)))
                .isEqualTo("aws_instance.this.ebs_block_device: must be absent; an instance has its root volume alone.");
        assertThat(refusal("aws_instance", after -> after.putArray("launch_template").addObject().put("id", "lt-1")))
                .isEqualTo("aws_instance.this.launch_template: must be absent; what it adds to the instance is in no plan.");
    }

    @Test
    void an_unknown_value_is_refused_where_safety_rests_on_it() throws Exception {
        assertThat(refusal("aws_instance", after -> after.remove("instance_type")))
                .startsWith("aws_instance.this.instance_type: is not allowed");
        assertThat(refusal("aws_vpc_security_group_ingress_rule", after -> after.remove(List.of("cidr_ipv4", "cidr_ipv6"))))
                .endsWith("cidr_ipv4: must name the network that the rule lets in.");
        assertThat(refusal("aws_iam_role_policy_attachment", after -> after.remove("policy_arn")))
                .startsWith("aws_iam_role_policy_attachment.ssm.policy_arn: must be AmazonSSMManagedInstanceCore");
        assertThat(refusal("aws_iam_role", after -> after.remove("assume_role_policy")))
                .isEqualTo("aws_iam_role.this.assume_role_policy: must let the EC2 service assume the role, and nobody else.");
    }

    @Test
    void rules_inside_the_security_group_are_refused() throws Exception {
        assertThat(refusal("aws_security_group", after -> after.putArray("ingress").addObject().putArray("cidr_blocks").add("0.0.0.0/0")))
                .startsWith("aws_security_group.this.ingress: must be absent");
    }

    @Test
    void the_instance_s_role_can_do_nothing_else() throws Exception {
        assertThat(
                refusal("aws_iam_role_policy_attachment", after -> after.put("policy_arn", "arn:aws:iam::aws:policy/AdministratorAccess")))
                .startsWith("aws_iam_role_policy_attachment.ssm.policy_arn \"arn:aws:iam::aws:policy/AdministratorAccess\": must be");
        assertThat(refusal("aws_iam_role", after -> after.putArray("inline_policy").addObject().put("policy", "{}")))
                .startsWith("aws_iam_role.this.inline_policy: must be absent");
        assertThat(
                refusal("aws_iam_role", after -> after.putArray("managed_policy_arns").add("arn:aws:iam::aws:policy/AdministratorAccess")))
                .startsWith("aws_iam_role.this.managed_policy_arns: must be absent");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "no JSON",
        "{}",
        "{\"Statement\":[]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":\"*\"}]}",
        "{\"Statement\":[{\"Principal\":{\"AWS\":\"123456789012\"}}]}",
        "{\"Statement\":[{\"Principal\":{\"Service\":\"ec2.amazonaws.com\",\"AWS\":\"*\"}}]}",
        "{\"Statement\":[{\"Principal\":{\"Service\":\"ec2.amazonaws.com\"}},{\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}",
        "{\"Statement\":[{\"Principal\":{\"Service\":[\"ec2.amazonaws.com\",\"lambda.amazonaws.com\"]}}]}"
    })
    void nobody_but_ec2_may_assume_the_role(String policy) throws Exception {
        assertThat(refusal("aws_iam_role", after -> after.put("assume_role_policy", policy)))
                .startsWith("aws_iam_role.this.assume_role_policy: must let the EC2 service assume");
    }

    @Test
    void ec2_may_have_the_name_it_has_in_china() {
        assertThat(TrustPolicy.trustsEc2Alone("{\"Statement\":{\"Principal\":{\"Service\":\"ec2.amazonaws.com.cn\"}}}")).isTrue();
    }

    @Test
    void a_type_that_no_blueprint_has_is_refused() throws Exception {
        PlannedResource user = new PlannedResource("aws_iam_user.backdoor", "aws_iam_user", true, JSON.createObjectNode());

        assertThat(PlanReview.review(Guardrails.UNRESTRICTED, List.of(user))).singleElement()
                .hasToString("aws_iam_user.backdoor \"aws_iam_user\": is of a type that no blueprint has.");
    }

    @Test
    void what_goes_is_not_reviewed() {
        PlannedResource gone = new PlannedResource("aws_iam_user.backdoor", "aws_iam_user", false, null);

        assertThat(PlanReview.review(FITTING, List.of(gone))).isEmpty();
    }

    /** The one refusal of the first plan with one resource's attributes changed. */
    private static String refusal(String type, Consumer<ObjectNode> change) throws IOException {
        List<PlannedResource> plan = plan("plan-create.json");
        plan.stream().filter(resource -> resource.type().equals(type)).findFirst()
                .ifPresent(resource -> change.accept((ObjectNode) resource.after()));
        List<Violation> refusals = PlanReview.review(FITTING, plan);
        assertThat(refusals).hasSize(1);
        return refusals.get(0).toString();
    }

    private static ObjectNode block(ObjectNode after, String name) {
        return (ObjectNode) after.path(name).path(0);
    }

    private static List<PlannedResource> plan(String resource) throws IOException {
        List<PlannedResource> plan = new ArrayList<>();
        try (InputStream in = PlanReviewTest.class.getResourceAsStream(resource)) {
            for (JsonNode change : JSON.readTree(in).path("resource_changes")) {
                boolean isNew = change.path("actions").path(0).asText().equals("create");
                plan.add(new PlannedResource(change.path("address").asText(), change.path("type").asText(), isNew, change.path("after")));
            }
        }
        return plan;
    }
}
