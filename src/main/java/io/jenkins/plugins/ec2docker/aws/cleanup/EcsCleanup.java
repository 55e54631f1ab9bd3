package io.jenkins.plugins.ec2docker.aws.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.protocol.JsonProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import java.util.Map;

/** Removes services of ECS with their scaling, clusters and task definitions. */
final class EcsCleanup {
    private final JsonProtocol ecs;
    private final JsonProtocol scaling;

    EcsCleanup(String region, Map<String, String> environment) {
        AwsSettings settings = AwsSettings.of(region, environment);
        ecs = new JsonProtocol(settings, QueryProtocol.endpoint(region, environment, "ecs", "ECS"), "ecs", "ecs",
                "AmazonEC2ContainerServiceV20141113");
        scaling = new JsonProtocol(settings,
                QueryProtocol.endpoint(region, environment, "application-autoscaling", "APPLICATION_AUTO_SCALING"),
                "application-autoscaling", "application-autoscaling", "AnyScaleFrontendService");
    }

    /** @param arn {@code …:service/CLUSTER/SERVICE} */
    boolean removeService(SessionCredentials credentials, String arn) throws AwsException {
        String path = ArnResource.of(arn).afterType();
        String cluster = path.replaceFirst("/.*", "");
        String service = path.replaceFirst(".*/", "");
        String status = status(credentials, cluster, service);
        if (status.equals("INACTIVE")) {
            return false;
        }
        if (!status.equals("DRAINING")) {
            unscale(credentials, "service/" + path);
            ecs.ask(credentials, "DeleteService",
                    JsonProtocol.question().put("cluster", cluster).put("service", service).put("force", true));
            status = status(credentials, cluster, service);
        }
        if (!status.equals("INACTIVE")) {
            throw new AwsException(Reason.IN_USE, "Service " + path + " is still being deleted with its tasks; sweep again later.", null);
        }
        return true;
    }

    /** Policies and scheduled sizes go with the target. */
    private void unscale(SessionCredentials credentials, String id) throws AwsException {
        try {
            scaling.ask(credentials, "DeregisterScalableTarget", JsonProtocol.question()
                    .put("ServiceNamespace", "ecs").put("ScalableDimension", "ecs:service:DesiredCount").put("ResourceId", id));
        } catch (AwsException refusal) {
            if (refusal.reason() != Reason.NOT_FOUND) {
                throw refusal;
            }
        }
    }

    private String status(SessionCredentials credentials, String cluster, String service) throws AwsException {
        ObjectNode question = JsonProtocol.question().put("cluster", cluster);
        question.putArray("services").add(service);
        JsonNode found = ecs.ask(credentials, "DescribeServices", question).path("services").path(0);
        return found.path("status").asText("INACTIVE");
    }

    /** ECS keeps for a time what was deleted, and names it as inactive. */
    boolean removeCluster(SessionCredentials credentials, String arn) throws AwsException {
        ObjectNode question = JsonProtocol.question();
        question.putArray("clusters").add(arn);
        JsonNode found = ecs.ask(credentials, "DescribeClusters", question).path("clusters").path(0);
        if (found.path("status").asText("INACTIVE").equals("INACTIVE")) {
            return false;
        }
        ecs.ask(credentials, "DeleteCluster", JsonProtocol.question().put("cluster", arn));
        return true;
    }

    /** Likewise. */
    boolean removeDefinition(SessionCredentials credentials, String arn) throws AwsException {
        JsonNode found = ecs.ask(credentials, "DescribeTaskDefinition", JsonProtocol.question().put("taskDefinition", arn));
        if (!found.path("taskDefinition").path("status").asText().equals("ACTIVE")) {
            return false;
        }
        ecs.ask(credentials, "DeregisterTaskDefinition", JsonProtocol.question().put("taskDefinition", arn));
        return true;
    }
}
