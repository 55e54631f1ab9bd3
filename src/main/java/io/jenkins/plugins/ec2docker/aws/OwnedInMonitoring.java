package io.jenkins.plugins.ec2docker.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Removes log groups, alarms, topics, event rules, and what Systems Manager keeps for the agent. */
final class OwnedInMonitoring {
    private final QueryCalls alarms;
    private final QueryCalls topics;
    private final JsonCalls logs;
    private final JsonCalls events;
    private final JsonCalls manager;

    OwnedInMonitoring(String region, Map<String, String> environment) {
        AwsSettings settings = AwsSettings.of(region, environment);
        alarms = new QueryCalls(region, environment, "monitoring", "cloudwatch", "CLOUDWATCH", "2010-08-01");
        topics = new QueryCalls(region, environment, "sns", "SNS", "2010-03-31");
        logs = new JsonCalls(settings, QueryCalls.endpoint(region, environment, "logs", "CLOUDWATCH_LOGS"), "logs", "logs",
                "Logs_20140328");
        events = new JsonCalls(settings, QueryCalls.endpoint(region, environment, "events", "EVENTBRIDGE"), "events", "events",
                "AWSEvents");
        manager = new JsonCalls(settings, QueryCalls.endpoint(region, environment, "ssm", "SSM"), "ssm", "ssm", "AmazonSSM");
    }

    boolean remove(SessionCredentials credentials, OwnedKind kind, String arn) throws AwsRefusal {
        String name = ArnParts.of(arn).afterType();
        switch (kind) {
            case ALARM -> alarms.ask(credentials, "DeleteAlarms", Map.of("AlarmNames.member.1", name));
            case TOPIC -> topics.ask(credentials, "DeleteTopic", Map.of("TopicArn", arn));
            case LOG_GROUP -> logs.ask(credentials, "DeleteLogGroup",
                    JsonCalls.question().put("logGroupName", name.replaceFirst(":\\*$", "")));
            case EVENT_RULE -> removeRule(credentials, name);
            case ASSOCIATION -> manager.ask(credentials, "DeleteAssociation", JsonCalls.question().put("AssociationId", name));
            case DOCUMENT -> manager.ask(credentials, "DeleteDocument", JsonCalls.question().put("Name", name));
            // The slash before a name of several parts is also the one after the type.
            case PARAMETER -> manager.ask(credentials, "DeleteParameter",
                    JsonCalls.question().put("Name", name.contains("/") ? "/" + name : name));
            default -> throw new IllegalArgumentException(kind + " is not of monitoring");
        }
        return true;
    }

    /** A rule goes only without its targets. */
    private void removeRule(SessionCredentials credentials, String name) throws AwsRefusal {
        ObjectNode targets = JsonCalls.question().put("Rule", name);
        ArrayNode ids = targets.putArray("Ids");
        events.ask(credentials, "ListTargetsByRule", JsonCalls.question().put("Rule", name)).path("Targets")
                .forEach(target -> ids.add(target.path("Id").asText()));
        if (!ids.isEmpty()) {
            events.ask(credentials, "RemoveTargets", targets);
        }
        events.ask(credentials, "DeleteRule", JsonCalls.question().put("Name", name));
    }
}
