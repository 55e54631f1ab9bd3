package io.jenkins.plugins.ec2docker.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.ec2docker.request.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The second look: what Terraform is really about to do, held against the guardrails and against what no deployment may ever be without.
 *
 * <p>The first look, on the request, is about what was asked for; this one does not trust that the way from there to the plan is right.
 */
public final class PlanReview {

    private static final Set<String> TYPES = Set.of(
            "aws_instance",
            "aws_security_group",
            "aws_vpc_security_group_ingress_rule",
            "aws_vpc_security_group_egress_rule",
            "aws_iam_role",
            "aws_iam_role_policy_attachment",
            "aws_iam_instance_profile",
            "aws_key_pair",
            "aws_eip",
            "aws_eip_association",
            "terraform_data");

    private static final String SYSTEMS_MANAGER = ":iam::aws:policy/AmazonSSMManagedInstanceCore";

    private final Guardrails guardrails;
    private final List<Violation> refusals = new ArrayList<>();

    private PlanReview(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    /** All that may not be carried out; empty if the plan may be. */
    public static List<Violation> review(Guardrails guardrails, List<PlannedResource> plan) {
        PlanReview review = new PlanReview(guardrails);
        plan.stream().filter(resource -> resource.after() != null).forEach(review::look);
        return List.copyOf(review.refusals);
    }

    private void look(PlannedResource resource) {
        switch (resource.type()) {
            case "aws_instance" -> instance(resource);
            case "aws_vpc_security_group_ingress_rule" -> ingress(resource);
            case "aws_security_group" -> inlineRules(resource);
            case "aws_iam_role" -> role(resource);
            case "aws_iam_role_policy_attachment" -> attachment(resource);
            default -> {
                if (!TYPES.contains(resource.type())) {
                    refuse(resource, "", resource.type(), "is of a type that no deployment of this blueprint has.");
                }
            }
        }
    }

    private void instance(PlannedResource resource) {
        String type = resource.after().path("instance_type").asText();
        if (!guardrails.allowsInstanceType(type)) {
            refuse(resource, "instance_type", type, "is not allowed here; choose from: " + String.join(", ", guardrails.instanceTypes()) + ".");
        }
        String tokens = first(resource.after(), "metadata_options").path("http_tokens").asText();
        if (!tokens.equals("required")) {
            refuse(resource, "metadata_options.http_tokens", tokens, "must be \"required\": the instance would answer IMDSv1.");
        }
        JsonNode encrypted = first(resource.after(), "root_block_device").path("encrypted");
        if (!encrypted.asBoolean(false)) {
            refuse(resource, "root_block_device.encrypted", encrypted.asText(), "must be true: the root volume would not be encrypted.");
        }
    }

    private void ingress(PlannedResource resource) {
        boolean named = false;
        for (String attribute : List.of("cidr_ipv4", "cidr_ipv6")) {
            JsonNode cidr = resource.after().path(attribute);
            if (cidr.isTextual()) {
                named = true;
                if (!guardrails.allowsNetwork(cidr.asText())) {
                    refuse(resource, attribute, cidr.asText(), "is not within an allowed network: "
                            + String.join(", ", guardrails.ingressCidrs()) + ".");
                }
            }
        }
        if (!named) {
            refuse(resource, "cidr_ipv4", "", "A rule must name the network that it lets in.");
        }
    }

    private void inlineRules(PlannedResource resource) {
        if (resource.after().path("ingress").size() > 0) {
            refuse(resource, "ingress", "", "A security group may let nobody in but by rules of their own.");
        }
    }

    private void role(PlannedResource resource) {
        if (resource.after().path("inline_policy").size() > 0 || resource.after().path("managed_policy_arns").size() > 0) {
            refuse(resource, "inline_policy", "", "The instance's role may have no policy but Systems Manager's.");
        }
    }

    private void attachment(PlannedResource resource) {
        String policy = resource.after().path("policy_arn").asText();
        if (!policy.endsWith(SYSTEMS_MANAGER)) {
            refuse(resource, "policy_arn", policy, "The instance's role may have no policy but Systems Manager's.");
        }
    }

    private static JsonNode first(JsonNode after, String block) {
        JsonNode blocks = after.path(block);
        return blocks.isArray() && !blocks.isEmpty() ? blocks.get(0) : MissingNode.getInstance();
    }

    private void refuse(PlannedResource resource, String attribute, String value, String message) {
        refusals.add(new Violation(resource.address() + (attribute.isEmpty() ? "" : "." + attribute), value, message));
    }
}
