package io.jenkins.plugins.ec2docker.aws.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.EcsService.Deployment;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.JsonProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks ECS DescribeServices, ListTasks, DescribeTasks and ListTaskDefinitions, and calls DeregisterTaskDefinition. */
public final class SdkEcsServices implements EcsServices {
    /** As many as are worth telling. */
    private static final int MOST = 10;

    private final JsonProtocol calls;

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_ECS}, {@code AWS_ENDPOINT_URL}) */
    public SdkEcsServices(String region, Map<String, String> environment) {
        calls = new JsonProtocol(AwsSettings.of(region, environment), QueryProtocol.endpoint(region, environment, "ecs", "ECS"), "ecs",
                "ecs",
                "AmazonEC2ContainerServiceV20141113");
    }

    @Override
    public Optional<EcsService> service(SessionCredentials credentials, String cluster, String service) throws AwsException {
        ObjectNode question = JsonProtocol.question().put("cluster", cluster);
        question.putArray("services").add(service);
        JsonNode found = calls.ask(credentials, "DescribeServices", question).path("services").path(0);
        if (found.isMissingNode() || found.path("status").asText().equals("INACTIVE")) {
            return Optional.empty();
        }
        List<Deployment> deployments = new ArrayList<>();
        found.path("deployments").forEach(each -> deployments.add(new Deployment(each.path("taskDefinition").asText(),
                each.path("status").asText().equals("PRIMARY"), each.path("runningCount").asInt(), each.path("desiredCount").asInt(),
                each.path("rolloutState").asText(), each.path("rolloutStateReason").asText())));
        deployments.sort(Comparator.comparing(each -> !each.primary()));
        return Optional.of(new EcsService(deployments));
    }

    @Override
    public List<String> ends(SessionCredentials credentials, String cluster, String service, String taskDefinition) throws AwsException {
        ObjectNode which = JsonProtocol.question().put("cluster", cluster).put("serviceName", service).put("desiredStatus", "STOPPED")
                .put("maxResults", MOST);
        JsonNode arns = calls.ask(credentials, "ListTasks", which).path("taskArns");
        if (arns.isEmpty()) {
            return List.of();
        }
        ObjectNode question = JsonProtocol.question().put("cluster", cluster);
        question.set("tasks", (ArrayNode) arns);
        List<JsonNode> tasks = new ArrayList<>();
        calls.ask(credentials, "DescribeTasks", question).path("tasks").forEach(tasks::add);
        return tasks.stream()
                .filter(task -> task.path("taskDefinitionArn").asText().equals(taskDefinition))
                .sorted(Comparator.comparingDouble((JsonNode task) -> task.path("stoppedAt").asDouble()).reversed())
                .map(SdkEcsServices::end)
                .filter(end -> !end.isBlank())
                .distinct()
                .toList();
    }

    @Override
    public void deregister(SessionCredentials credentials, String family, @CheckForNull String kept) throws AwsException {
        ObjectNode question = JsonProtocol.question().put("familyPrefix", family).put("status", "ACTIVE");
        List<String> revisions = new ArrayList<>();
        JsonNode page;
        do {
            page = calls.ask(credentials, "ListTaskDefinitions", question);
            page.path("taskDefinitionArns").forEach(arn -> revisions.add(arn.asText()));
            question.put("nextToken", page.path("nextToken").asText());
        } while (page.hasNonNull("nextToken"));
        for (String revision : revisions) {
            if (revision.contains("/" + family + ":") && !revision.equals(kept)) {
                calls.ask(credentials, "DeregisterTaskDefinition", JsonProtocol.question().put("taskDefinition", revision));
            }
        }
    }

    private static String end(JsonNode task) {
        List<String> parts = new ArrayList<>();
        parts.add(task.path("stoppedReason").asText());
        task.path("containers").forEach(container -> {
            String why = container.path("reason").asText();
            int code = container.path("exitCode").asInt();
            if (!why.isEmpty() || code != 0) {
                parts.add("container " + container.path("name").asText() + (code == 0 ? "" : " ended with code " + code)
                        + (why.isEmpty() ? "" : ": " + why));
            }
        });
        parts.removeIf(String::isBlank);
        return String.join("; ", parts);
    }
}
