package io.jenkins.plugins.ec2docker.aws.cleanup;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.XmlElement;
import java.util.Map;

/** Removes what {@link TaggingApiCleanup} finds, each by the call of its own service. */
final class ArnCleanup {
    private final NetworkCleanup network;
    private final EcsCleanup ecs;
    private final MonitoringCleanup monitoring;
    private final BackupCleanup backup;
    private final QueryProtocol autoScaling;
    private final QueryProtocol loadBalancing;
    private final QueryProtocol databases;

    ArnCleanup(String region, Map<String, String> environment) {
        network = new NetworkCleanup(AwsSettings.of(region, environment));
        ecs = new EcsCleanup(region, environment);
        monitoring = new MonitoringCleanup(region, environment);
        backup = new BackupCleanup(region, environment);
        autoScaling = new QueryProtocol(region, environment, "autoscaling", "AUTO_SCALING", "2011-01-01");
        loadBalancing = new QueryProtocol(region, environment, "elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2", "2015-12-01");
        databases = new QueryProtocol(region, environment, "rds", "RDS", "2014-10-31");
    }

    /** Whether nothing is kept in it; what cannot be asked counts as full. */
    boolean isEmptyVault(SessionCredentials credentials, TaggedResource vault) {
        return backup.isEmpty(credentials, ArnResource.of(vault.id()).name());
    }

    /** @see TaggedResources#remove */
    boolean remove(SessionCredentials credentials, TaggedResource resource) throws AwsException {
        if (resource.kind().isData() || !resource.kind().isByArn()) {
            throw new IllegalArgumentException("nobody here removes " + resource);
        }
        try {
            return removed(credentials, resource);
        } catch (AwsException refusal) {
            if (refusal.reason() == Reason.NOT_FOUND) {
                return false;
            }
            throw refusal;
        }
    }

    private boolean removed(SessionCredentials credentials, TaggedResource resource) throws AwsException {
        String arn = resource.id();
        String name = ArnResource.of(arn).name();
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
    private boolean group(SessionCredentials credentials, String name) throws AwsException {
        XmlElement found = autoScaling.ask(credentials, "DescribeAutoScalingGroups", Map.of("AutoScalingGroupNames.member.1", name));
        if (found.members("AutoScalingGroups").isEmpty()) {
            return false;
        }
        if (found.members("AutoScalingGroups").get(0).text("Status").isEmpty()) {
            autoScaling.ask(credentials, "DeleteAutoScalingGroup", Map.of("AutoScalingGroupName", name, "ForceDelete", "true"));
            found = autoScaling.ask(credentials, "DescribeAutoScalingGroups", Map.of("AutoScalingGroupNames.member.1", name));
        }
        if (!found.members("AutoScalingGroups").isEmpty()) {
            throw new AwsException(
                    Reason.IN_USE, "Auto Scaling group " + name + " is still being deleted with its instances; sweep again later.", null);
        }
        return true;
    }

    private static boolean done(QueryProtocol calls, SessionCredentials credentials, String action, String parameter, String value)
            throws AwsException {
        calls.ask(credentials, action, Map.of(parameter, value));
        return true;
    }
}
