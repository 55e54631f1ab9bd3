package io.jenkins.plugins.ec2docker.aws.cleanup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.JsonProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import java.util.Map;

/** Removes log groups, alarms, topics, event rules, and what Systems Manager keeps for the agent. */
final class MonitoringCleanup {
    private final QueryProtocol alarms;
    private final QueryProtocol topics;
    private final JsonProtocol logs;
    private final JsonProtocol events;
    private final JsonProtocol manager;

    MonitoringCleanup(String region, Map<String, String> environment) {
        AwsSettings settings = AwsSettings.of(region, environment);
        alarms = new QueryProtocol(region, environment, "monitoring", "cloudwatch", "CLOUDWATCH", "2010-08-01");
        topics = new QueryProtocol(region, environment, "sns", "SNS", "2010-03-31");
        logs = new JsonProtocol(settings, QueryProtocol.endpoint(region, environment, "logs", "CLOUDWATCH_LOGS"), "logs", "logs",
                "Logs_20140328");
        events = new JsonProtocol(settings, QueryProtocol.endpoint(region, environment, "events", "EVENTBRIDGE"), "events", "events",
                "AWSEvents");
        manager = new JsonProtocol(settings, QueryProtocol.endpoint(region, environment, "ssm", "SSM"), "ssm", "ssm", "AmazonSSM");
    }

    boolean remove(SessionCredentials credentials, ResourceKind kind, String arn) throws AwsException {
        String name = ArnResource.of(arn).afterType();
        switch (kind) {
            case ALARM -> alarms.ask(credentials, "DeleteAlarms", Map.of("AlarmNames.member.1", name));
            case TOPIC -> topics.ask(credentials, "DeleteTopic", Map.of("TopicArn", arn));
            case LOG_GROUP -> logs.ask(credentials, "DeleteLogGroup",
                    JsonProtocol.question().put("logGroupName", name.replaceFirst(":\\*$", "")));
            case EVENT_RULE -> removeRule(credentials, name);
            case ASSOCIATION -> manager.ask(credentials, "DeleteAssociation", JsonProtocol.question().put("AssociationId", name));
            case DOCUMENT -> manager.ask(credentials, "DeleteDocument", JsonProtocol.question().put("Name", name));
            // The slash before a name of several parts is also the one after the type.
            case PARAMETER -> manager.ask(credentials, "DeleteParameter",
                    JsonProtocol.question().put("Name", name.contains("/") ? "/" + name : name));
            default -> throw new IllegalArgumentException(kind + " is not of monitoring");
        }
        return true;
    }

    /** A rule goes only without its targets. */
    private void removeRule(SessionCredentials credentials, String name) throws AwsException {
        ObjectNode targets = JsonProtocol.question().put("Rule", name);
        ArrayNode ids = targets.putArray("Ids");
        events.ask(credentials, "ListTargetsByRule", JsonProtocol.question().put("Rule", name)).path("Targets")
                .forEach(target -> ids.add(target.path("Id").asText()));
        if (!ids.isEmpty()) {
            events.ask(credentials, "RemoveTargets", targets);
        }
        events.ask(credentials, "DeleteRule", JsonProtocol.question().put("Name", name));
    }
}
