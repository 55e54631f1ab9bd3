package io.jenkins.plugins.ec2docker.blueprint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Variables of the blueprint {@code instance} as the tests begin with them, and changes to them. */
final class InstanceRequest {

    static final String ID = "shop-0a1b2c3d";

    private InstanceRequest() {}

    /** Key of the one generation. */
    static final String KEY = "20261121-035112-1f3a9c02";
    /** Address of its instance. */
    static final String INSTANCE = "aws_instance.this[\"" + KEY + "\"]";

    /** What is of the deployment and not of one of its generations. */
    static final Set<String> SHARED =
            Set.of("deployment_id", "deployment_name", "region", "generations", "serving", "tags", "permissions_boundary", "max_retries");

    static Map<String, Object> smallest() {
        Map<String, Object> generation = new TreeMap<>();
        generation.put("instance_type", "t3.small");
        generation.put("architecture", "x86_64");
        generation.put("machine_image", "ubuntu-22.04");
        Map<String, Object> variables = new TreeMap<>();
        variables.put("deployment_id", ID);
        variables.put("deployment_name", "shop");
        variables.put("region", "eu-central-1");
        variables.put("generations", new TreeMap<>(Map.of(KEY, generation)));
        variables.put("serving", KEY);
        // Enough for a connection that breaks on a busy machine, too few to wait minutes where moto fails.
        variables.put("max_retries", 5);
        return variables;
    }

    /** The smallest with these in addition or instead; a null value stands for an explicit null. */
    static Map<String, Object> with(Object... namesAndValues) {
        return changed(smallest(), namesAndValues);
    }

    /** A copy with these in addition or instead, the instance's own in its one generation. */
    static Map<String, Object> changed(Map<String, Object> variables, Object... namesAndValues) {
        Map<String, Object> changed = new TreeMap<>(variables);
        Map<String, Object> generation = new TreeMap<>(generation(variables));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            (SHARED.contains(name) ? changed : generation).put(name, namesAndValues[i + 1]);
        }
        if (changed.get("generations") == variables.get("generations")) {
            changed.put("generations", Map.of(KEY, generation));
        }
        return changed;
    }

    /** A copy in which a second generation, like the first but for these, runs beside it. */
    static Map<String, Object> beside(Map<String, Object> variables, String key, Object... namesAndValues) {
        Map<String, Object> both = new TreeMap<>(Map.of(KEY, generation(variables)));
        both.put(key, generation(changed(variables, namesAndValues)));
        Map<String, Object> changed = new TreeMap<>(variables);
        changed.put("generations", both);
        return changed;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> generation(Map<String, Object> variables) {
        return ((Map<String, Map<String, Object>>) variables.get("generations")).get(KEY);
    }

    static Map<String, Object> port(Object port, String protocol) {
        return Map.of("port", port, "protocol", protocol);
    }

    static List<Map<String, Object>> ports(Object port, String protocol) {
        return List.of(port(port, protocol));
    }
}
