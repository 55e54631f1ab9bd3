package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A request as people may read it on a page: in the request's own field names, with all that may be secret as {@code ****}. */
final class RequestYaml {

    private static final String MASK = "****";
    /** Fields whose text may be or hold a secret. Commands are shown: they stand in the instance's process list anyway. */
    private static final Set<String> SECRET = Set.of("externalId", "usersText");

    private RequestYaml() {}

    /** @param document a request in its own field names, such as {@code RequestWriter.of(request)} gives it */
    static String of(Map<String, ?> document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setSplitLines(false);
        return new Yaml(options).dump(masked(document));
    }

    /** A copy with {@code ****} for each value of an environment, whatever its form, and for the other fields that may hold secrets. */
    static Map<String, Object> masked(Map<String, ?> document) {
        Map<String, Object> copy = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            if (name.equals("environment")) {
                copy.put(name, environment(value));
            } else if (value != null && SECRET.contains(name)) {
                copy.put(name, MASK);
            } else {
                copy.put(name, value(value));
            }
        });
        return copy;
    }

    @CheckForNull
    private static Object value(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, inner) -> fields.put(String.valueOf(key), inner));
            return masked(fields);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(value(inner)));
            return copy;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    @CheckForNull
    private static Object environment(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> names = new LinkedHashMap<>();
            map.keySet().forEach(name -> names.put(String.valueOf(name), MASK));
            return names;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(entry -> name(String.valueOf(entry)) + "=" + MASK).toList();
        }
        return value == null ? null : MASK;
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }
}
