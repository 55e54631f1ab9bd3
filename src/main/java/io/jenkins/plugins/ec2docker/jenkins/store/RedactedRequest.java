package io.jenkins.plugins.ec2docker.jenkins.store;

import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A request for people to look at: what may be a secret in it is not there. */
public final class RedactedRequest {

    private static final String MASK = "****";
    /** Fields whose text may be or hold a secret. Commands are shown: they stand in the instance's process list anyway. */
    private static final Set<String> SECRET = Set.of("externalId", "usersText");
    /** Field {@code environment} of the request itself; anything else of that name is a container's. */
    private static final Set<String> PRESETS = Set.of("development", "staging", "production");

    private RedactedRequest() {}

    public static Map<String, Object> of(ProvisionRequest request) {
        return masked(RequestWriter.of(request));
    }

    /** A copy with {@code ****} for each value of an environment, whatever its form, and for the other fields that may hold secrets. */
    public static Map<String, Object> masked(Map<String, ?> document) {
        Map<String, Object> copy = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            if (name.equals("environment") && !(value instanceof String preset && PRESETS.contains(preset))) {
                copy.put(name, environment(value));
            } else if (value != null && SECRET.contains(name)) {
                copy.put(name, MASK);
            } else {
                copy.put(name, value(value));
            }
        });
        return copy;
    }

    private static Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, inner) -> fields.put(String.valueOf(key), inner));
            return masked(fields);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(RedactedRequest::value).collect(Collectors.toCollection(ArrayList::new));
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static Object environment(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> names = new LinkedHashMap<>();
            map.keySet().forEach(name -> names.put(String.valueOf(name), MASK));
            return names;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(entry -> name(String.valueOf(entry)) + "=" + MASK).collect(Collectors.toCollection(ArrayList::new));
        }
        return value == null ? null : MASK;
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }
}
