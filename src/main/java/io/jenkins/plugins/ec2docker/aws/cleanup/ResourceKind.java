package io.jenkins.plugins.ec2docker.aws.cleanup;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an {@link TaggedResource} is. In the order in which they can be removed: each goes after all that may need it. */
public enum ResourceKind {
    TASK_SERVICE("service", Found.BY_ARN, "ecs service"),
    SCALING_GROUP("Auto Scaling group", Found.BY_ARN, "autoscaling autoScalingGroup"),
    INSTANCE("instance", Found.BY_ID, "aws_instance"),
    LISTENER("listener", Found.BY_ARN, "elasticloadbalancing listener"),
    LOAD_BALANCER("load balancer", Found.BY_ARN, "elasticloadbalancing loadbalancer"),
    TARGET_GROUP("target group", Found.BY_ARN, "elasticloadbalancing targetgroup"),
    CLUSTER("cluster", Found.BY_ARN, "ecs cluster"),
    TASK_DEFINITION("task definition", Found.BY_ARN, "ecs task-definition"),
    LAUNCH_TEMPLATE("launch template", Found.BY_ARN, "ec2 launch-template"),
    EVENT_RULE("event rule", Found.BY_ARN, "events rule"),
    ALARM("alarm", Found.BY_ARN, "cloudwatch alarm"),
    TOPIC("topic", Found.BY_ARN, "sns"),
    ASSOCIATION("association", Found.BY_ARN, "ssm association"),
    DOCUMENT("document", Found.BY_ARN, "ssm document"),
    PARAMETER("parameter", Found.BY_ARN, "ssm parameter"),
    BACKUP_PLAN("backup plan", Found.BY_ARN, "backup backup-plan"),
    BACKUP_VAULT("backup vault", Found.BY_ARN, "backup backup-vault"),
    FLOW_LOG("flow log", Found.BY_ARN, "ec2 vpc-flow-log"),
    ENDPOINT("VPC endpoint", Found.BY_ARN, "ec2 vpc-endpoint"),
    NAT_GATEWAY("NAT gateway", Found.BY_ARN, "ec2 natgateway"),
    ADDRESS("Elastic IP address", Found.BY_ID, "aws_eip"),
    VOLUME("volume", Found.BY_ID, "aws_ebs_volume"),
    SUBNET_GROUP("database subnet group", Found.BY_ARN, "rds subgrp"),
    PARAMETER_GROUP("database parameter group", Found.BY_ARN, "rds pg"),
    INGRESS_RULE("security group rule", Found.BY_ID, "aws_vpc_security_group_ingress_rule"),
    EGRESS_RULE("security group rule", Found.BY_ID, "aws_vpc_security_group_egress_rule"),
    SUBNET("subnet", Found.BY_ARN, "ec2 subnet"),
    ROUTE_TABLE("route table", Found.BY_ARN, "ec2 route-table"),
    NETWORK_ACL("network ACL", Found.BY_ARN, "ec2 network-acl"),
    SECURITY_GROUP("security group", Found.BY_ID, "aws_security_group"),
    INTERNET_GATEWAY("internet gateway", Found.BY_ARN, "ec2 internet-gateway"),
    VPC("VPC", Found.BY_ARN, "ec2 vpc"),
    KEY_PAIR("key pair", Found.BY_ID, "aws_key_pair"),
    INSTANCE_PROFILE("instance profile", Found.BY_ID, "aws_iam_instance_profile"),
    ROLE("role", Found.BY_ID, "aws_iam_role"),
    LOG_GROUP("log group", Found.BY_ARN, "logs log-group"),
    DATABASE("database", Found.DATA, "rds db"),
    /** A vault with recovery points in it; an empty one is a {@link #BACKUP_VAULT}. */
    BACKUPS("vault with backups", Found.DATA, ""),
    BUCKET("bucket", Found.DATA, "s3"),
    IMAGE_REPOSITORY("image repository", Found.DATA, "ecr repository"),
    /** Without it, nobody can read what was encrypted with it, wherever it was copied to. */
    ENCRYPTION_KEY("key", Found.DATA, "kms key"),
    /** Found, and removed by nobody but Terraform or a person. */
    OTHER("resource", Found.BY_ARN, "");

    private enum Found {
        /** By a question for just that kind, and known to a state by its id. */
        BY_ID,
        /** By the tags that everything can have, and known by its ARN. */
        BY_ARN,
        /** Likewise, and it holds what people cannot make again. */
        DATA
    }

    private static final Map<String, ResourceKind> BY_ARN = Arrays.stream(values())
            .filter(kind -> kind.isByArn() && !kind.type.isEmpty())
            .collect(Collectors.toMap(kind -> kind.type, Function.identity()));

    private final String text;
    private final Found found;
    private final String type;

    ResourceKind(String text, Found found, String type) {
        this.text = text;
        this.found = found;
        this.type = type;
    }

    /** @param type service and type, as an ARN has them: {@code ec2 vpc} */
    static Optional<ResourceKind> ofArn(String type) {
        return Optional.ofNullable(BY_ARN.get(type));
    }

    /** As a state names it; empty where {@link #isByArn}. */
    public String terraformType() {
        return isByArn() ? "" : type;
    }

    public String text() {
        return text;
    }

    /** Whether its id is its ARN, and {@link TaggedResources} finds and removes it. */
    public boolean isByArn() {
        return found != Found.BY_ID;
    }

    /** Whether it holds what people cannot make again, so that no sweep removes it. */
    public boolean isData() {
        return found == Found.DATA;
    }

    /** Whether a database is reached by it, or lives in it. */
    public boolean isOfNetwork() {
        return switch (this) {
            case SUBNET_GROUP, PARAMETER_GROUP, INGRESS_RULE, EGRESS_RULE, SUBNET, ROUTE_TABLE, NETWORK_ACL, SECURITY_GROUP,
                    INTERNET_GATEWAY,
                    VPC -> true;
            default -> false;
        };
    }
}
