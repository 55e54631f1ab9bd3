package io.jenkins.plugins.ec2docker.aws;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal.Reason;
import java.util.Map;

/** Removes what {@link ResourceTags} finds, each by the call of its own service. */
final class TaggedRemoval {
    private final OwnedInNetwork network;
    private final OwnedInEcs ecs;
    private final OwnedInMonitoring monitoring;
    private final OwnedInBackup backup;
    private final QueryCalls autoScaling;
    private final QueryCalls loadBalancing;
    private final QueryCalls databases;

    TaggedRemoval(String region, Map<String, String> environment) {
        network = new OwnedInNetwork(AwsSettings.of(region, environment));
        ecs = new OwnedInEcs(region, environment);
        monitoring = new OwnedInMonitoring(region, environment);
        backup = new OwnedInBackup(region, environment);
        autoScaling = new QueryCalls(region, environment, "autoscaling", "AUTO_SCALING", "2011-01-01");
        loadBalancing = new QueryCalls(region, environment, "elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2", "2015-12-01");
        databases = new QueryCalls(region, environment, "rds", "RDS", "2014-10-31");
    }

    /** Whether nothing is kept in it; what cannot be asked counts as full. */
    boolean isEmptyVault(SessionCredentials credentials, OwnedResource vault) {
        return backup.isEmpty(credentials, ArnParts.of(vault.id()).name());
    }

    /** @see TaggedResources#remove */
    boolean remove(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal {
        if (resource.kind().isData() || !resource.kind().isByArn()) {
            throw new IllegalArgumentException("nobody here removes " + resource);
        }
        try {
            return removed(credentials, resource);
        } catch (AwsRefusal refusal) {
            if (refusal.reason() == Reason.NOT_FOUND) {
                return false;
            }
            throw refusal;
        }
    }

    private boolean removed(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal {
        String arn = resource.id();
        String name = ArnParts.of(arn).name();
        return switch (resource.kind()) {
            case SCALING_GROUP -> group(credentials, name);
            case LISTENER -> done(loadBalancing, credentials, "DeleteListener", "ListenerArn", arn);
            case LOAD_BALANCER -> {
                // AWS calls it a success to delete one that is not there.
                loadBalancing.ask(credentials, "DescribeLoadBalancers", Map.of("LoadBalancerArns.member.1", arn));
                yield done(loadBalancing, credentials, "DeleteLoadBalancer", "LoadBalancerArn", arn);
            }
            case TARGET_GROUP -> done(loadBalancing, credentials, "DeleteTargetGroup", "TargetGroupArn", arn);
            case SUBNET_GROUP -> done(databases, credentials, "DeleteDBSubnetGroup", "DBSubnetGroupName", name);
            case PARAMETER_GROUP -> done(databases, credentials, "DeleteDBParameterGroup", "DBParameterGroupName", name);
            case TASK_SERVICE -> ecs.removeService(credentials, arn);
            case CLUSTER -> ecs.removeCluster(credentials, arn);
            case TASK_DEFINITION -> ecs.removeDefinition(credentials, arn);
            case BACKUP_PLAN -> backup.removePlan(credentials, name);
            case BACKUP_VAULT -> backup.removeVault(credentials, name);
            case ALARM, TOPIC, EVENT_RULE, LOG_GROUP, ASSOCIATION, DOCUMENT, PARAMETER ->
                monitoring.remove(credentials, resource.kind(), arn);
            case LAUNCH_TEMPLATE, FLOW_LOG, ENDPOINT, NAT_GATEWAY, SUBNET, ROUTE_TABLE, NETWORK_ACL, INTERNET_GATEWAY, VPC ->
                network.remove(credentials, resource.kind(), name);
            default -> throw new IllegalArgumentException("nobody here removes " + resource);
        };
    }

    /** Its instances go with it, which takes AWS a minute or two; its network can only go after them. */
    private boolean group(SessionCredentials credentials, String name) throws AwsRefusal {
        Xml found = autoScaling.ask(credentials, "DescribeAutoScalingGroups", Map.of("AutoScalingGroupNames.member.1", name));
        if (found.members("AutoScalingGroups").isEmpty()) {
            return false;
        }
        if (found.members("AutoScalingGroups").get(0).text("Status").isEmpty()) {
            autoScaling.ask(credentials, "DeleteAutoScalingGroup", Map.of("AutoScalingGroupName", name, "ForceDelete", "true"));
            found = autoScaling.ask(credentials, "DescribeAutoScalingGroups", Map.of("AutoScalingGroupNames.member.1", name));
        }
        if (!found.members("AutoScalingGroups").isEmpty()) {
            throw new AwsRefusal(
                    Reason.IN_USE, "Auto Scaling group " + name + " is still being deleted with its instances; sweep again later.", null);
        }
        return true;
    }

    private static boolean done(QueryCalls calls, SessionCredentials credentials, String action, String parameter, String value)
            throws AwsRefusal {
        calls.ask(credentials, action, Map.of(parameter, value));
        return true;
    }
}
