package io.jenkins.plugins.ec2docker.blueprint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Variables of the blueprint {@code instance} as the tests begin with them, and changes to them. */
final class InstanceRequest {

    static final String ID = "shop-0a1b2c3d";

    private InstanceRequest() {}

    static Map<String, Object> smallest() {
        Map<String, Object> variables = new TreeMap<>();
        variables.put("deployment_id", ID);
        variables.put("deployment_name", "shop");
        variables.put("region", "eu-central-1");
        variables.put("instance_type", "t3.small");
        variables.put("architecture", "x86_64");
        variables.put("machine_image", "ubuntu-22.04");
        // Enough for a connection that breaks on a busy machine, too few to wait minutes where moto fails.
        variables.put("max_retries", 5);
        return variables;
    }

    /** The smallest with these in addition or instead; a null value stands for an explicit null. */
    static Map<String, Object> with(Object... namesAndValues) {
        Map<String, Object> variables = smallest();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    static Map<String, Object> port(Object port, String protocol) {
        return Map.of("port", port, "protocol", protocol);
    }

    static List<Map<String, Object>> ports(Object port, String protocol) {
        return List.of(port(port, protocol));
    }
}
