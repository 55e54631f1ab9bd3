package io.jenkins.plugins.ec2docker.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a policy of a deployment's role may not allow: to change who may do what, by which a container would become an administrator. */
public final class IamPolicyRule {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SERVICES = List.of("iam", "sts", "organizations", "account", "sso");

    private IamPolicyRule() {}

    /** The sentence's end on what is wrong; empty for a policy that may be, and for text that is not known yet. */
    public static Optional<String> problem(String policy) {
        if (policy.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode statements = JSON.readTree(policy).path("Statement");
            for (JsonNode statement : all(statements)) {
                if (!statement.path("Effect").asText().equals("Allow")) {
                    continue;
                }
                if (statement.has("NotAction")) {
                    return Optional.of("must name what it allows by Action; NotAction allows everything else.");
                }
                for (JsonNode action : all(statement.path("Action"))) {
                    String service = action.asText().toLowerCase(Locale.ROOT).replaceFirst(":.*", "");
                    if (service.contains("*") || service.contains("?") || SERVICES.contains(service)) {
                        return Optional
                                .of("must not allow " + action.asText() + ", by which a container could give itself more permissions.");
                    }
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.of("must be a policy in JSON.");
        }
    }

    private static List<JsonNode> all(JsonNode one) {
        List<JsonNode> nodes = new ArrayList<>();
        if (one.isArray()) {
            one.forEach(nodes::add);
        } else if (!one.isMissingNode()) {
            nodes.add(one);
        }
        return nodes;
    }
}
