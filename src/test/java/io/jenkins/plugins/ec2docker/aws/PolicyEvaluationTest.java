package io.jenkins.plugins.ec2docker.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.testing.PolicyEvaluation;
import io.jenkins.plugins.ec2docker.testing.PolicyEvaluation.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the documented policies allow, evaluated as AWS does for each recorded call of all blueprints with each of their options alone: by the
 * policies that {@code docs/aws-permissions.md} names for just that. {@code src/test/iam/README.md} says how the calls were recorded.
 */
class PolicyEvaluationTest {
    private static final String TAG = "ResourceTag/ec2-docker:managed-by";
    private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";

    /** Of options: the policies that they need beside their blueprint's. */
    private static final Map<String, List<String>> OPTIONS = Map.of(
            "monitoring", List.of("provisioning-options"), "bastion", List.of("provisioning-options"),
            "backup", List.of("provisioning-data"), "database", List.of("provisioning-data"), "registry", List.of("provisioning-data"),
            "edge", List.of("provisioning-edge"), "logs", List.of("provisioning-edge"), "vpc", List.of("provisioning-boundary"),
            // Of the run tests, which do other things between; that of autoscaled has a bastion and a boundary.
            "run", List.of("provisioning-options", "provisioning-boundary"));

    private static final String BY_PATH = "limited by its path or name";
    private static final String OF_A_CREATION = "part of a creation, which must be tagged itself";

    private static final String NEW_KEY =
            "harmless, and the tags of a new key count minutes later (AWS KMS developer guide, ABAC for AWS KMS)";

    /** What can be changed without the tag, and what limits it instead. */
    private static final Map<String, String> BY_ANOTHER_RULE = new TreeMap<>(Map.ofEntries(
            Map.entry("cloudwatch:PutMetricAlarm on cloudwatch alarm",
                    "the request's tags count where it creates, and AWS does not say which it does"),
            Map.entry("ec2:CreateSecurityGroup on ec2 vpc", "any VPC may be named by a request"),
            Map.entry("ec2:ReplaceNetworkAclAssociation on ec2 network-acl",
                    "a new VPC's default list has no tags; the subnet must have them"),
            Map.entry("ec2:RunInstances on ec2 key-pair", "the account's own, named by a request"),
            Map.entry("ec2:RunInstances on ec2 subnet", "the account's own, named by a request"),
            Map.entry("ecs:RegisterTaskDefinition on ecs task-definition", OF_A_CREATION),
            Map.entry("kms:CreateAlias on kms key", NEW_KEY),
            Map.entry("kms:EnableKeyRotation on kms key", NEW_KEY),
            Map.entry("rds:CreateDBInstance on rds pg", OF_A_CREATION),
            Map.entry("rds:CreateDBInstance on rds subgrp", OF_A_CREATION),
            Map.entry("secretsmanager:CancelRotateSecret on secretsmanager secret", BY_PATH),
            Map.entry("secretsmanager:RotateSecret on secretsmanager secret", BY_PATH),
            Map.entry("ssm:CreateAssociation on ssm document", OF_A_CREATION)));

    static {
        for (String role : List.of("AttachRolePolicy", "DeleteRole", "DeleteRolePolicy", "DetachRolePolicy", "PutRolePolicy", "TagRole",
                "UntagRole")) {
            BY_ANOTHER_RULE.put("iam:" + role + " on iam role", BY_PATH);
        }
        for (String profile : List.of("AddRoleTo", "Delete", "RemoveRoleFrom", "Tag", "Untag")) {
            BY_ANOTHER_RULE.put("iam:" + profile + "InstanceProfile on iam instance-profile", BY_PATH);
        }
        for (String group : List.of("DeleteLogGroup", "PutRetentionPolicy", "TagResource", "UntagResource")) {
            BY_ANOTHER_RULE.put("logs:" + group + " on logs log-group", BY_PATH);
        }
        for (String parameter : List.of("AddTagsToResource", "DeleteParameter", "RemoveTagsFromResource")) {
            BY_ANOTHER_RULE.put("ssm:" + parameter + " on ssm parameter", BY_PATH);
        }
    }

    private static final String SPOT = "to moto no instance is a spot instance";
    private static final String FULL = "only what has content is emptied before it is deleted";
    private static final String LATER = "changes in place with a later version of the plugin";

    /** Statements without which each recorded call would still be allowed, and why they are there. */
    private static final Map<String, String> UNPROVEN_STATEMENTS = Map.of(
            "provisioning-boundary#BoundOwnRoles", "for deployments from before the guardrail",
            "provisioning-data#DeleteBackups", FULL,
            "provisioning-edge#EmptyBucketsThatMayGo", FULL,
            "provisioning-instance#EndSpotRequests", SPOT,
            "provisioning-instance#FirstSpotInstanceOfTheAccount", SPOT);

    /** Actions that no recorded call needs, and why they are allowed. */
    private static final Map<String, String> UNPROVEN_ACTIONS = Map.ofEntries(
            Map.entry("provisioning-autoscaled#ChangeAndDestroyOwnGroups autoscaling:AttachLoadBalancerTargetGroups",
                    "another port is another target group"),
            Map.entry("provisioning-autoscaled#ChangeAndDestroyOwnGroups autoscaling:CancelInstanceRefresh",
                    "an update that fails or is aborted"),
            Map.entry("provisioning-autoscaled#ChangeAndDestroyOwnGroups autoscaling:DetachLoadBalancerTargetGroups",
                    "another port is another target group"),
            Map.entry("provisioning-autoscaled#ChangeAndDestroyOwnGroups autoscaling:RollbackInstanceRefresh",
                    "an update that fails or is aborted"),
            Map.entry("provisioning-autoscaled#Look autoscaling:DescribeLoadBalancerTargetGroups",
                    "the provider, after another target group"),
            Map.entry("provisioning-autoscaled#Look autoscaling:DescribeScalingActivities", "the provider, where no instance comes up"),
            Map.entry("provisioning-base#ChangeAndDestroyOwnKeys kms:PutKeyPolicy", LATER),
            Map.entry("provisioning-base#OwnRoles iam:UpdateAssumeRolePolicy", LATER),
            Map.entry("provisioning-boundary#BoundOwnRoles iam:PutRolePermissionsBoundary", "for deployments from before the guardrail"),
            Map.entry("provisioning-data#ChangeAndDestroyOwnBackupsDatabasesAndRegistries backup:UpdateBackupPlan", "moto answers 500"),
            Map.entry("provisioning-data#ChangeAndDestroyOwnBackupsDatabasesAndRegistries rds:ModifyDBSubnetGroup",
                    "another number of zones"),
            Map.entry("provisioning-data#DeleteBackups backup:DeleteRecoveryPoint", FULL),
            Map.entry("provisioning-data#LookAtBackupsDatabasesAndRegistries backup:ListRecoveryPointsByBackupVault", FULL),
            Map.entry("provisioning-edge#Buckets s3:ListBucketVersions", FULL),
            Map.entry("provisioning-edge#EmptyBucketsThatMayGo s3:DeleteObject", FULL),
            Map.entry("provisioning-edge#EmptyBucketsThatMayGo s3:DeleteObjectVersion", FULL),
            Map.entry("provisioning-fargate#ChangeAndDestroyOwnClustersAndServices ecs:UpdateCluster", "monitoring that comes later"),
            Map.entry("provisioning-instance#EndSpotRequests ec2:CancelSpotInstanceRequests", SPOT),
            Map.entry("provisioning-instance#FirstSpotInstanceOfTheAccount iam:CreateServiceLinkedRole", SPOT),
            Map.entry("provisioning-instance#Look ec2:DescribeInstanceTypeOfferings", "asked for a VPC without a subnet"),
            Map.entry("provisioning-instance#Look ec2:DescribeSpotInstanceRequests", SPOT),
            Map.entry("provisioning-instance#MoveOwnAddressesBetweenInterfaces ec2:AssociateAddress",
                    "AWS checks the instance's interface as well"),
            Map.entry("provisioning-options#ChangeAndDestroyOwnAlarmsRulesTopicsAndDocuments events:PutRule",
                    "another pattern for the same name"),
            Map.entry("provisioning-options#ChangeAndDestroyOwnAlarmsRulesTopicsAndDocuments ssm:PutParameter", LATER),
            Map.entry("provisioning-options#ChangeAndDestroyOwnAlarmsRulesTopicsAndDocuments ssm:UpdateAssociation", LATER),
            Map.entry("provisioning-options#ChangeAndDestroyOwnAlarmsRulesTopicsAndDocuments ssm:UpdateDocument", LATER),
            Map.entry("provisioning-options#ChangeAndDestroyOwnAlarmsRulesTopicsAndDocuments ssm:UpdateDocumentDefaultVersion", LATER),
            Map.entry("provisioning-runs#LookWhetherItServes autoscaling:DescribeScalingActivities",
                    "asked where something does not come up"),
            Map.entry("provisioning-runs#LookWhetherItServes ecs:DescribeTasks", "asked where something does not come up"),
            Map.entry("provisioning-runs#LookWhetherItServes ec2:GetConsoleOutput", "asked where something does not come up"));

    private static Map<String, JsonNode> policies;
    private static List<Answer> answers;

    @BeforeAll
    static void evaluate() {
        policies = PolicyEvaluation.policies();
        List<ObjectNode> checks = new ArrayList<>();
        for (ObjectNode check : PolicyEvaluation.recorded()) {
            check.path("lives").valueStream().map(JsonNode::asText).map(PolicyEvaluationTest::attached).distinct()
                    .forEach(policies -> checks.add(PolicyEvaluation.with(check.deepCopy(), policies)));
        }
        answers = PolicyEvaluation.evaluate(policies, checks);
    }

    /** What a role has attached by whose session a life is lived, such as {@code fargate-database}. */
    static List<String> attached(String life) {
        if (life.equals("instance")) {
            return List.of("provisioning-instance", "provisioning-instance-kms", "provisioning-instance-redeploy");
        }
        if (life.equals("fargate-run")) {
            return attached("fargate-plain");
        }
        String[] parts = life.split("-");
        return Stream.concat(
                Stream.of("provisioning-base", "provisioning-network", "provisioning-" + parts[0], "provisioning-runs"),
                OPTIONS.getOrDefault(parts[1], List.of()).stream())
                .toList();
    }

    @Test
    void every_call_of_every_blueprint_with_each_option_is_allowed() {
        assertThat(answers).hasSizeGreaterThan(500);
        assertThat(answers.stream().filter(answer -> !answer.allowed()).map(Answer::sentence)).isEmpty();
    }

    @Test
    void no_policy_names_what_aws_does_not_have() {
        assertThat(PolicyEvaluation.faults(policies)).isEmpty();
    }

    @Test
    void what_is_not_tagged_or_someone_elses_cannot_be_changed() {
        List<ObjectNode> others = new ArrayList<>();
        for (Answer answer : answers) {
            if (answer.allowed() && isChange(answer.action()) && answer.json().path("context").has("aws:" + TAG)) {
                others.add(other(answer.json(), null));
                others.add(other(answer.json(), "someone-else"));
            }
        }

        assertThat(others).hasSizeGreaterThan(200);
        assertThat(PolicyEvaluation.evaluate(policies, others).stream().filter(Answer::allowed)
                .map(answer -> answer.action() + " on " + kind(answer.json().path("resource").asText())).distinct().sorted())
                .isEqualTo(BY_ANOTHER_RULE.keySet().stream().sorted().toList());
    }

    @Test
    void each_statement_is_needed_by_a_call() {
        Set<String> unproven = new TreeSet<>();
        policies.forEach((name, policy) -> policy.path("Statement").forEach(statement -> {
            if (statement.path("Effect").asText().equals("Allow") && name.startsWith("provisioning-")) {
                unproven.add(name + "#" + statement.path("Sid").asText());
            }
        }));
        answers.stream().map(Answer::by).filter(by -> by.size() == 1).forEach(by -> unproven.remove(by.get(0)));

        assertThat(unproven).isEqualTo(new TreeSet<>(UNPROVEN_STATEMENTS.keySet()));
    }

    @Test
    void each_action_of_a_statement_is_needed_by_a_call() {
        Set<String> unproven = new TreeSet<>();
        policies.forEach((name, policy) -> policy.path("Statement").forEach(statement -> {
            if (statement.path("Effect").asText().equals("Allow") && name.startsWith("provisioning-")) {
                PolicyFile.texts(statement.path("Action"))
                        .forEach(action -> unproven.add(name + "#" + statement.path("Sid").asText() + " " + action));
            }
        }));
        answers.forEach(answer -> answer.by().forEach(by -> unproven.remove(by + " " + answer.action())));

        assertThat(unproven).isEqualTo(new TreeSet<>(UNPROVEN_ACTIONS.keySet()));
    }

    @Test
    void with_the_boundary_demanded_no_role_is_made_or_widened_without_it() {
        List<ObjectNode> others = new ArrayList<>();
        for (Answer answer : answers) {
            if (Set.of("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy").contains(answer.action())
                    && answer.json().path("with").toString().contains("provisioning-boundary")) {
                assertThat(answer.json().path("context").path("iam:PermissionsBoundary").asText()).isEqualTo(BOUNDARY);
                for (String boundary : new String[] {null, "arn:aws:iam::aws:policy/AdministratorAccess"}) {
                    others.add(answer.json().deepCopy());
                    ObjectNode context = (ObjectNode) others.get(others.size() - 1).path("context");
                    context.remove("iam:PermissionsBoundary");
                    if (boundary != null) {
                        context.put("iam:PermissionsBoundary", boundary);
                    }
                }
            }
        }
        ObjectNode taken = others.get(0).deepCopy();
        taken.put("action", "iam:DeleteRolePermissionsBoundary").putObject("context");
        others.add(taken);

        assertThat(others).hasSizeGreaterThan(6);
        List<Answer> refusals = PolicyEvaluation.evaluate(policies, others);
        assertThat(refusals).allSatisfy(answer -> assertThat(answer.deniedBy()).as(answer.sentence()).isNotEmpty());
        assertThat(refusals.stream().flatMap(answer -> answer.deniedBy().stream()))
                .contains("provisioning-boundary#NoRoleWithoutTheBoundary", "provisioning-boundary#NobodyTakesItAway");
    }

    /** A role takes ten managed policies (IAM user guide, IAM and STS quotas). */
    @Test
    void all_policies_of_a_blueprint_with_all_its_options_fit_into_a_role() {
        for (String blueprint : List.of("autoscaled", "fargate")) {
            Set<String> all = new TreeSet<>(attached(blueprint + "-plain"));
            OPTIONS.values().forEach(all::addAll);
            all.add("state-s3");
            assertThat(all).hasSizeLessThanOrEqualTo(10);
        }
    }

    private static boolean isChange(String action) {
        return !action.replaceAll("^.*:", "").matches("(Describe|Get|List|Decrypt|Encrypt|GenerateDataKey|PassRole).*");
    }

    private static ObjectNode other(JsonNode check, String owner) {
        ObjectNode other = check.deepCopy();
        ObjectNode context = (ObjectNode) other.path("context");
        List.of("aws:" + TAG, "ssm:resourceTag/ec2-docker:managed-by").forEach(key -> {
            if (context.has(key)) {
                context.remove(key);
                if (owner != null) {
                    context.put(key, owner);
                }
            }
        });
        return other;
    }

    /** Of an ARN, the service and the type. */
    private static String kind(String arn) {
        String[] parts = arn.split(":", 6);
        return parts[2] + " " + parts[5].replaceAll("[/:].*", "");
    }
}
