package io.jenkins.plugins.ec2docker.jenkins.store;

import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request for people to look at: what may be a secret in it is not there. */
public final class RedactedRequest {

    private static final String MASK = "****";

    private RedactedRequest() {}

    public static Map<String, Object> of(ProvisionRequest request) {
        Map<String, Object> shown = new LinkedHashMap<>(RequestWriter.of(request));
        if (shown.get("role") instanceof Map<?, ?> role && role.containsKey("externalId")) {
            shown.put("role", with(role, "externalId", MASK));
        }
        if (shown.get("containers") instanceof List<?> containers) {
            List<Object> masked = new ArrayList<>();
            for (Object container : containers) {
                masked.add(container instanceof Map<?, ?> map && map.get("environment") instanceof Map<?, ?> environment
                        ? with(map, "environment", hidden(environment))
                        : container);
            }
            shown.put("containers", masked);
        }
        return shown;
    }

    private static Map<Object, Object> hidden(Map<?, ?> environment) {
        Map<Object, Object> hidden = new LinkedHashMap<>(environment);
        hidden.replaceAll((name, value) -> MASK);
        return hidden;
    }

    private static Map<Object, Object> with(Map<?, ?> map, String field, Object value) {
        Map<Object, Object> changed = new LinkedHashMap<>(map);
        changed.put(field, value);
        return changed;
    }
}
