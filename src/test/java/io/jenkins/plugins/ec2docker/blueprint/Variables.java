package io.jenkins.plugins.ec2docker.blueprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Variables of the blueprints of several instances or tasks, as JSON, and changes to them. */
final class Variables {

    static final String ID = "shop-0a1b2c3d";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String IDENTITY = """
            "deployment_id": "shop-0a1b2c3d", "deployment_name": "shop", "region": "eu-central-1", "max_retries": 2
            """;

    private Variables() {}

    /** The least that blueprint {@code autoscaled} takes. */
    static ObjectNode autoscaled() {
        return of("{" + IDENTITY + """
                , "instance": {"type": "t3.small", "architecture": "x86_64", "machine_image": "ubuntu-22.04"}, "ports": [8080]}
                """);
    }

    /** The least that blueprint {@code fargate} takes. */
    static ObjectNode fargate() {
        return of("{" + IDENTITY + """
                , "containers": [{"name": "web", "image": "nginx:1.27", "ports": [8080]}]}
                """);
    }

    static ObjectNode of(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static JsonNode value(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** A copy with these in addition or instead, each by the names that lead to it, such as {@code network.cidr}, and its value in JSON. */
    static ObjectNode with(ObjectNode variables, String... pathsAndValues) {
        ObjectNode changed = variables.deepCopy();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            String[] names = pathsAndValues[i].split("\\.");
            ObjectNode at = changed;
            for (int n = 0; n < names.length - 1; n++) {
                at = at.path(names[n]).isObject() ? (ObjectNode) at.get(names[n]) : at.putObject(names[n]);
            }
            at.set(names[names.length - 1], value(pathsAndValues[i + 1]));
        }
        return changed;
    }

    /** As {@link io.jenkins.plugins.ec2docker.testing.BlueprintDirectory#variables} takes them. */
    static Map<String, Object> map(ObjectNode variables) {
        Map<String, Object> map = new TreeMap<>();
        variables.properties().forEach(each -> map.put(each.getKey(), each.getValue()));
        return map;
    }
}
