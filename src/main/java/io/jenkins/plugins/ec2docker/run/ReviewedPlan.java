package io.jenkins.plugins.ec2docker.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.policy.plan.PlannedResource;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.documents.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a plan is held against the guardrails: all of it, but for what is there already and goes once a new instance has taken over. An
 * update that brings a deployment within narrower guardrails would otherwise be refused for the very thing that it takes away.
 */
final class ReviewedPlan {

    private ReviewedPlan() {}

    static List<PlannedResource> of(Plan plan) {
        return plan.resources().stream().map(ReviewedPlan::resource).toList();
    }

    /** @param serving key of the generation that goes */
    static List<PlannedResource> ofHandover(Plan plan, String serving, ProvisionRequest request) {
        Set<String> networks = new HashSet<>(request.network().ingressCidrs());
        networks.addAll(request.network().sshCidrs());
        return plan.resources().stream()
                .filter(resource -> resource.action() != ChangeAction.NO_OP || !goes(resource, serving, networks))
                .map(ReviewedPlan::resource)
                .toList();
    }

    /** Whether the plan makes the instance of a generation, be it again. */
    static boolean makesInstance(Plan plan, String generation) {
        return plan.resources().stream()
                .filter(resource -> resource.address().equals("aws_instance.this[\"" + generation + "\"]"))
                .anyMatch(resource -> resource.action() == ChangeAction.CREATE || resource.action() == ChangeAction.REPLACE);
    }

    private static boolean goes(io.jenkins.plugins.ec2docker.terraform.documents.PlannedResource resource, String serving,
            Set<String> networks) {
        JsonNode after = resource.after();
        return switch (resource.type()) {
            case "aws_instance" -> resource.address().equals("aws_instance.this[\"" + serving + "\"]");
            case "aws_vpc_security_group_ingress_rule" -> after != null && !networks.contains(after.path("cidr_ipv4").asText())
                    && !networks.contains(after.path("cidr_ipv6").asText());
            default -> false;
        };
    }

    private static PlannedResource resource(io.jenkins.plugins.ec2docker.terraform.documents.PlannedResource resource) {
        boolean isNew = resource.action() == ChangeAction.CREATE || resource.action() == ChangeAction.REPLACE;
        return new PlannedResource(resource.address(), resource.type(), isNew, resource.after());
    }
}
