package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code environment} stands for: values for fields that the request leaves out. What the request gives goes before, field by field;
 * lists and maps with names of the user's own are taken whole.
 */
public final class EnvironmentPresets {
    public static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");

    /** Whole where they are given: their entries are the user's own. */
    private static final List<String> WHOLE = List.of("schedules", "eventPatterns");

    private EnvironmentPresets() {}

    /** By section; {@code instanceType} among them where the blueprint has instances. */
    public static Map<String, Object> of(@CheckForNull String environment, String blueprint) {
        if (environment == null) {
            return Map.of();
        }
        int stage = ENVIRONMENTS.indexOf(environment);
        boolean production = environment.equals("production");
        boolean tasks = blueprint.equals("fargate");
        Map<String, Object> preset = new LinkedHashMap<>();
        preset.put("network", ordered(
                "cidr", "10." + stage + ".0.0/16", "zones", production ? 3 : 2, "nat", production ? "per_zone" : "single"));
        if (!environment.equals("development")) {
            preset.put("backup", ordered("dailyRetentionDays", production ? 30 : 14));
            preset.put("monitoring", ordered());
        }
        if (tasks) {
            preset.put("scaling", ordered("min", List.of(1, 2, 3).get(stage), "max", 6, "cpuTarget", 70));
            preset.put("task", ordered("cpu", production ? 512 : 256, "memory", production ? 1024 : 512));
        } else {
            preset.put("instanceType", List.of("t3.small", "t3.medium", "t3.large").get(stage));
            Map<String, Object> scaling = ordered("min", List.of(1, 2, 3).get(stage), "max", List.of(3, 4, 10).get(stage));
            if (environment.equals("development")) {
                scaling.put("spot", ordered());
            }
            preset.put("scaling", scaling);
        }
        return preset;
    }

    /** For a database, which no environment brings by itself: only where the request has one. */
    public static Map<String, Object> database(@CheckForNull String environment) {
        boolean production = "production".equals(environment);
        return environment == null
                ? Map.of()
                : ordered("instanceClass", production ? "db.t3.small" : "db.t3.micro", "multiAz", production);
    }

    /** What is given, completed by the preset. */
    @CheckForNull
    public static Object merged(@CheckForNull Object given, @CheckForNull Object preset) {
        if (!(given instanceof Map<?, ?> own) || !(preset instanceof Map<?, ?> usual)) {
            return given == null ? preset : given;
        }
        Map<String, Object> merged = new LinkedHashMap<>();
        usual.forEach((field, value) -> merged.put((String) field, value));
        own.forEach((field, value) -> merged.put((String) field, WHOLE.contains(field) ? value : merged(value, usual.get(field))));
        return merged;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
