package io.jenkins.plugins.ec2docker.policy.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.policy.IamPolicyRule;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The second look ({@link PlanReview}) at the plans of the blueprints with several instances or tasks. */
final class FleetPlanReview {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern POLICIES = Pattern.compile("arn:aws(-[a-z]+)*:iam::aws:policy/(AmazonSSMManagedInstanceCore"
            + "|service-role/AWSBackupServiceRolePolicyFor(Backup|Restores))");
    private static final Pattern SERVICES = Pattern.compile("(ec2|ecs-tasks|backup|vpc-flow-logs)\\.amazonaws\\.com(\\.[a-z]+)*");

    private static final Map<String, BiConsumer<FleetPlanReview, PlannedResource>> CHECKS = Map.ofEntries(
            Map.entry("aws_instance", FleetPlanReview::instance),
            Map.entry("aws_launch_template", FleetPlanReview::launchTemplate),
            Map.entry("aws_autoscaling_group", FleetPlanReview::group),
            Map.entry("aws_ecs_service", FleetPlanReview::service),
            Map.entry("aws_ecs_task_definition", FleetPlanReview::taskDefinition),
            Map.entry("aws_db_instance", FleetPlanReview::database),
            Map.entry("aws_secretsmanager_secret_rotation", FleetPlanReview::rotation),
            Map.entry("aws_cloudfront_distribution", FleetPlanReview::distribution),
            Map.entry("aws_s3_bucket_public_access_block", FleetPlanReview::bucketAccess),
            Map.entry("aws_vpc_security_group_ingress_rule", FleetPlanReview::ingress),
            Map.entry("aws_security_group", FleetPlanReview::securityGroup),
            Map.entry("aws_default_security_group", FleetPlanReview::securityGroup),
            Map.entry("aws_iam_role", FleetPlanReview::role),
            Map.entry("aws_iam_role_policy", FleetPlanReview::rolePolicy),
            Map.entry("aws_iam_role_policy_attachment", FleetPlanReview::attachment));

    /** What the blueprints consist of beside that; each is harmless by itself, or made so by one of those above. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action", "aws_appautoscaling_target",
            "aws_autoscaling_lifecycle_hook",
            "aws_autoscaling_policy", "aws_autoscaling_schedule", "aws_backup_plan", "aws_backup_selection", "aws_backup_vault",
            "aws_cloudfront_origin_access_control", "aws_cloudwatch_dashboard", "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target",
            "aws_cloudwatch_log_group", "aws_cloudwatch_metric_alarm", "aws_db_parameter_group", "aws_db_subnet_group",
            "aws_ecr_lifecycle_policy",
            "aws_ecr_repository", "aws_ecs_cluster", "aws_ecs_cluster_capacity_providers", "aws_eip", "aws_flow_log",
            "aws_iam_instance_profile",
            "aws_internet_gateway", "aws_key_pair", "aws_kms_alias", "aws_kms_key", "aws_lambda_permission", "aws_lb", "aws_lb_listener",
            "aws_lb_target_group", "aws_nat_gateway", "aws_network_acl", "aws_route", "aws_route53_record", "aws_route_table",
            "aws_route_table_association", "aws_s3_bucket", "aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_policy",
            "aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_versioning", "aws_sns_topic", "aws_sns_topic_policy",
            "aws_sns_topic_subscription", "aws_ssm_association", "aws_ssm_document", "aws_ssm_parameter", "aws_subnet", "aws_vpc",
            "aws_vpc_endpoint", "aws_vpc_security_group_egress_rule", "aws_wafv2_web_acl", "terraform_data");

    private final Guardrails guardrails;
    private final List<Violation> refusals = new ArrayList<>();

    private FleetPlanReview(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    static List<Violation> review(Guardrails guardrails, List<PlannedResource> plan) {
        FleetPlanReview review = new FleetPlanReview(guardrails);
        plan.stream().filter(resource -> resource.after() != null && !resource.after().isNull()).forEach(review::look);
        return List.copyOf(review.refusals);
    }

    private void look(PlannedResource resource) {
        BiConsumer<FleetPlanReview, PlannedResource> check = CHECKS.get(resource.type());
        if (check != null) {
            check.accept(this, resource);
        } else if (!OTHER_TYPES.contains(resource.type())) {
            refusals.add(new Violation(resource.address(), resource.type(), "is of a type that no blueprint has."));
        }
        String zone = resource.text("availability_zone");
        if (!zone.isEmpty() && !guardrails.regions().isEmpty() && guardrails.regions().stream().noneMatch(zone::startsWith)) {
            refuse(resource, "availability_zone", zone, "is not in an allowed Region: " + String.join(", ", guardrails.regions()) + ".");
        }
    }

    private void instance(PlannedResource instance) {
        type(instance, "instance_type", instance.text("instance_type"));
        requireTokens(instance);
        if (!instance.block("root_block_device").path("encrypted").asBoolean(false)) {
            refuse(instance, "root_block_device.encrypted", "", "must be true; the root volume would not be encrypted.");
        }
    }

    private void launchTemplate(PlannedResource template) {
        type(template, "instance_type", template.text("instance_type"));
        requireTokens(template);
        JsonNode disks = template.attributes().path("block_device_mappings");
        boolean encrypted = disks.size() > 0;
        for (JsonNode disk : disks) {
            encrypted &= disk.path("ebs").path(0).path("encrypted").asText("").equals("true");
        }
        if (!encrypted) {
            refuse(template, "block_device_mappings.ebs.encrypted", "", "must be true for each disk; one would not be encrypted.");
        }
        refuseIfGiven(template, "network_interfaces", "must be absent; an instance has an address of a private subnet alone.");
    }

    private void group(PlannedResource group) {
        JsonNode template = group.block("mixed_instances_policy").path("launch_template").path(0);
        for (JsonNode override : template.path("override")) {
            type(group, "mixed_instances_policy.launch_template.override.instance_type", override.path("instance_type").asText(""));
        }
        if (group.text("launch_configuration").length() > 0) {
            refuse(group, "launch_configuration", group.text("launch_configuration"), "must be absent; what it launches is in no plan.");
        }
    }

    private void service(PlannedResource service) {
        if (service.block("network_configuration").path("assign_public_ip").asBoolean(false)) {
            refuse(service, "network_configuration.assign_public_ip", "true", "must be false; tasks are behind the load balancer.");
        }
    }

    /** What is not known before a database has its address was looked at in the request. */
    private void taskDefinition(PlannedResource definition) {
        for (JsonNode container : json(definition.text("container_definitions"))) {
            String image = container.path("image").asText("");
            boolean allowed =
                    ImageReference.parse(image) instanceof ParseResult.Valid<ImageReference> valid && guardrails.allowsImage(valid.value());
            if (!allowed) {
                refuse(definition, "container_definitions.image", image,
                        "is not allowed here; choose from: " + String.join(", ", guardrails.images()) + ".");
            }
            if (container.path("privileged").asBoolean(false)) {
                refuse(definition, "container_definitions.privileged", "true", "must be false.");
            }
        }
    }

    private void database(PlannedResource database) {
        String type = database.text("instance_class").replaceFirst("^db\\.", "");
        if (!guardrails.allowsInstanceType(type)) {
            refuse(database, "instance_class", database.text("instance_class"), "is not of an allowed instance type; choose from: "
                    + String.join(", ", guardrails.instanceTypes()) + ".");
        }
        if (!database.attributes().path("storage_encrypted").asBoolean(false)) {
            refuse(database, "storage_encrypted", "", "must be true; the database would not be encrypted.");
        }
        if (database.attributes().path("publicly_accessible").asBoolean(false)) {
            refuse(database, "publicly_accessible", "true", "must be false; a database is reached by the containers alone.");
        }
    }

    private void rotation(PlannedResource rotation) {
        String function = rotation.text("rotation_lambda_arn");
        if (!function.isEmpty()) {
            refuse(rotation, "rotation_lambda_arn", function, "must be absent; RDS changes the database's password itself.");
        }
    }

    private void distribution(PlannedResource distribution) {
        if (!guardrails.allowsTheWorld()) {
            refuse(distribution, "enabled", "", "would show the containers to the whole internet, which is not within an allowed network: "
                    + String.join(", ", guardrails.ingressCidrs()) + ".");
        }
    }

    private void bucketAccess(PlannedResource block) {
        for (String attribute : List.of("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")) {
            if (!block.attributes().path(attribute).asBoolean(false)) {
                refuse(block, attribute, "false", "must be true; the bucket could be public.");
            }
        }
    }

    /** A rule names a network, or another security group, which is not known before that is there. */
    private void ingress(PlannedResource rule) {
        boolean open = false;
        for (String attribute : List.of("cidr_ipv4", "cidr_ipv6")) {
            String cidr = rule.text(attribute);
            if (cidr.isEmpty() || rule.attributes().path(attribute).isNull()) {
                open |= !rule.attributes().has(attribute);
            } else if (!guardrails.allowsNetwork(cidr)) {
                refuse(rule, attribute, cidr, "is not within an allowed network: " + String.join(", ", guardrails.ingressCidrs()) + ".");
            }
        }
        if (open) {
            refuse(rule, "cidr_ipv4", "", "must be known before; the network that the rule lets in is not.");
        }
        // Whose addresses the list has, no plan tells. CloudFront's stand for all the world's, which is behind it.
        boolean list = !rule.attributes().path("prefix_list_id").asText("").isEmpty() && !rule.attributes().path("prefix_list_id").isNull();
        if (list && !guardrails.allowsTheWorld()) {
            refuse(rule, "prefix_list_id", rule.text("prefix_list_id"),
                    "must be absent; its networks are in no plan, and only these are allowed: "
                            + String.join(", ", guardrails.ingressCidrs()) + ".");
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
        refuseIfGiven(role, "inline_policy", "must be absent; a role's policies are resources of their own, which are reviewed.");
        refuseIfGiven(role, "managed_policy_arns", "must be absent; policies are attached one by one, which is reviewed.");
        if (!TrustPolicy.trustsAlone(role.text("assume_role_policy"), SERVICES)) {
            refuse(role, "assume_role_policy", "",
                    "must let one of the services assume the role that the blueprint has roles for, and nobody else.");
        }
    }

    /** One whose resources are not known yet was rendered by the blueprint; one of a user's own is always known. */
    private void rolePolicy(PlannedResource policy) {
        IamPolicyRule.problem(policy.text("policy")).ifPresent(problem -> refuse(policy, "policy", "", problem));
    }

    private void attachment(PlannedResource attachment) {
        String policy = attachment.text("policy_arn");
        if (!POLICIES.matcher(policy).matches()) {
            refuse(attachment, "policy_arn", policy, "must be a policy that the blueprint attaches; no other is.");
        }
    }

    private void type(PlannedResource resource, String attribute, String type) {
        if (!guardrails.allowsInstanceType(type)) {
            refuse(resource, attribute, type, "is not allowed here; choose from: " + String.join(", ", guardrails.instanceTypes()) + ".");
        }
    }

    private void requireTokens(PlannedResource resource) {
        String tokens = resource.block("metadata_options").path("http_tokens").asText("");
        if (!tokens.equals("required")) {
            refuse(resource, "metadata_options.http_tokens", tokens, "must be \"required\"; an instance would answer IMDSv1.");
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

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? JSON.createArrayNode() : JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return JSON.createArrayNode();
        }
    }
}
