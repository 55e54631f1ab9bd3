package io.jenkins.plugins.ec2docker.policy.plan;

import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The second look: what Terraform is really about to do, held against the guardrails and against what no deployment may ever be without.
 *
 * <p>The first look, on the request, is about what was asked for; this one does not trust that the way from there to the plan is right. So
 * an attribute on which safety rests and whose value will only be known later is refused; any other unknown value is let pass.
 */
public final class PlanReview {
    private static final Pattern SYSTEMS_MANAGER = Pattern.compile("arn:aws(-[a-z]+)*:iam::aws:policy/AmazonSSMManagedInstanceCore");

    /** What the blueprints consist of; a type without a check of its own is harmless by itself. */
    private static final Map<String, BiConsumer<PlanReview, PlannedResource>> CHECKS = Map.of(
            "aws_instance", PlanReview::instance,
            "aws_vpc_security_group_ingress_rule", PlanReview::ingress,
            "aws_security_group", PlanReview::securityGroup,
            "aws_iam_role", PlanReview::role,
            "aws_iam_role_policy_attachment", PlanReview::attachment);

    private static final Set<String> OTHER_TYPES = Set.of(
            "aws_vpc_security_group_egress_rule", "aws_iam_instance_profile", "aws_key_pair", "aws_eip", "aws_eip_association",
            "terraform_data");

    private final Guardrails guardrails;
    private final List<Violation> refusals = new ArrayList<>();

    private PlanReview(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    /**
     * The same of a plan of any blueprint.
     *
     * @param blueprint as a request names it
     */
    public static List<Violation> review(Guardrails guardrails, String blueprint, List<PlannedResource> plan) {
        return blueprint.equals("instance") ? review(guardrails, plan) : FleetPlanReview.review(guardrails, plan);
    }

    /**
     * All that may not be carried out of a plan of blueprint {@code instance}, as a violation whose field is the attribute's address; empty if the plan may be.
     *
     * @param plan all managed resources, those that stay as they are too
     */
    public static List<Violation> review(Guardrails guardrails, List<PlannedResource> plan) {
        PlanReview review = new PlanReview(guardrails);
        plan.stream().filter(resource -> resource.after() != null && !resource.after().isNull()).forEach(review::look);
        return List.copyOf(review.refusals);
    }

    private void look(PlannedResource resource) {
        BiConsumer<PlanReview, PlannedResource> check = CHECKS.get(resource.type());
        if (check != null) {
            check.accept(this, resource);
        } else if (!OTHER_TYPES.contains(resource.type())) {
            refusals.add(new Violation(resource.address(), resource.type(), "is of a type that no blueprint has."));
        }
        // Provider 6 has the Region at each resource; before, only the zone tells it, if it is known.
        if (!resource.text("region").isEmpty() && !guardrails.allowsRegion(resource.text("region"))) {
            refuse(resource, "region", resource.text("region"),
                    "is not an allowed Region: " + String.join(", ", guardrails.regions()) + ".");
        }
        String zone = resource.text("availability_zone");
        if (!zone.isEmpty() && !guardrails.regions().isEmpty() && guardrails.regions().stream().noneMatch(zone::startsWith)) {
            refuse(resource, "availability_zone", zone, "is not in an allowed Region: " + String.join(", ", guardrails.regions()) + ".");
        }
    }

    private void instance(PlannedResource instance) {
        String type = instance.text("instance_type");
        if (!guardrails.allowsInstanceType(type)) {
            refuse(instance, "instance_type", type,
                    "is not allowed here; choose from: " + String.join(", ", guardrails.instanceTypes()) + ".");
        }
        String tokens = instance.block("metadata_options").path("http_tokens").asText("");
        if (!tokens.equals("required")) {
            refuse(instance, "metadata_options.http_tokens", tokens, "must be \"required\"; the instance would answer IMDSv1.");
        }
        if (!instance.block("root_block_device").path("encrypted").asBoolean(false)) {
            refuse(instance, "root_block_device.encrypted", "", "must be true; the root volume would not be encrypted.");
        }
        refuseIfGiven(instance, "ebs_block_device", "must be absent; an instance has its root volume alone.");
        refuseIfGiven(instance, "launch_template", "must be absent; what it adds to the instance is in no plan.");
    }

    private void ingress(PlannedResource rule) {
        boolean named = false;
        for (String attribute : List.of("cidr_ipv4", "cidr_ipv6")) {
            String cidr = rule.text(attribute);
            if (!cidr.isEmpty()) {
                named = true;
                if (!guardrails.allowsNetwork(cidr)) {
                    refuse(rule, attribute, cidr,
                            "is not within an allowed network: " + String.join(", ", guardrails.ingressCidrs()) + ".");
                }
            }
        }
        if (!named) {
            refuse(rule, "cidr_ipv4", "", "must name the network that the rule lets in.");
        }
    }

    private void securityGroup(PlannedResource group) {
        refuseIfGiven(group, "ingress", "must be absent; a security group lets in by rules of their own only, which are reviewed.");
    }

    private void role(PlannedResource role) {
        String boundary = role.text("permissions_boundary");
        if (guardrails.permissionsBoundary() != null && !guardrails.permissionsBoundary().equals(boundary)) {
            refuse(role, "permissions_boundary", boundary,
                    "must be " + guardrails.permissionsBoundary() + ", which bounds every role here.");
        }
        refuseIfGiven(role, "inline_policy", "must be absent; the instance's role has no policy but Systems Manager's.");
        refuseIfGiven(role, "managed_policy_arns", "must be absent; policies are attached one by one, which is reviewed.");
        if (!TrustPolicy.trustsEc2Alone(role.text("assume_role_policy"))) {
            refuse(role, "assume_role_policy", "", "must let the EC2 service assume the role, and nobody else.");
        }
    }

    private void attachment(PlannedResource attachment) {
        String policy = attachment.text("policy_arn");
        if (!SYSTEMS_MANAGER.matcher(policy).matches()) {
            refuse(attachment, "policy_arn", policy, "must be AmazonSSMManagedInstanceCore; the instance's role has no other policy.");
        }
    }

    /** For attributes that in a resource that stays hold what AWS says, whether or not it comes from the blueprint. */
    private void refuseIfGiven(PlannedResource resource, String attribute, String message) {
        if (resource.isNew() && resource.attributes().path(attribute).size() > 0) {
            refuse(resource, attribute, "", message);
        }
    }

    private void refuse(PlannedResource resource, String attribute, String value, String message) {
        refusals.add(new Violation(resource.address() + "." + attribute, value, message));
    }
}
