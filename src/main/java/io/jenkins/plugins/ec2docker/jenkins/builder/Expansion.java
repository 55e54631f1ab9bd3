package io.jenkins.plugins.ec2docker.jenkins.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the build's parameters and variables into a request. {@code ${NAME}} that is unknown stays as it is, for the request's rules to
 * refuse;
 * {@code $$} is a dollar sign. What becomes empty counts as not given, so that an empty parameter means the default.
 */
abstract class Expansion {
    /** In these lists one line may become several, so that a parameter can hold a list; an empty one adds nothing. */
    private static final Set<String> LISTS = Set.of("ports", "volumes", "requester", "ingressCidrs", "sshCidrs");

    /** For Pipeline, where Groovy has expanded everything already and a dollar sign is a dollar sign. */
    static final Expansion NONE = new Expansion() {
        @Override
        String expand(String text) {
            return text;
        }

        @Override
        Map<String, Object> of(Map<String, Object> document) {
            return document;
        }
    };

    static Expansion by(EnvVars env) {
        return new Expansion() {
            @Override
            String expand(String text) {
                return env.expand(text);
            }
        };
    }

    abstract String expand(String text);

    /** Null where it is null or becomes blank. */
    @CheckForNull
    final String of(@CheckForNull String text) {
        String expanded = text == null ? null : expand(text);
        return expanded == null || expanded.isBlank() ? null : expanded;
    }

    Map<String, Object> of(Map<String, Object> document) {
        Map<String, Object> expanded = new LinkedHashMap<>();
        document.forEach((field, value) -> {
            Object result = value(field, value);
            if (result != null) {
                expanded.put(field, result);
            }
        });
        return expanded;
    }

    @CheckForNull
    private Object value(String field, Object value) {
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof Map<?, ?> map) {
            return field.equals("tags") ? keysAndValues(map) : section(map);
        }
        return value instanceof List<?> list ? list(field, list) : value;
    }

    @SuppressWarnings("unchecked")
    @CheckForNull
    private Map<String, Object> section(Map<?, ?> map) {
        Map<String, Object> section = of((Map<String, Object>) map);
        // A section of which nothing is left was made of empty parameters only.
        return section.isEmpty() ? null : section;
    }

    private Map<String, Object> keysAndValues(Map<?, ?> map) {
        Map<String, Object> expanded = new LinkedHashMap<>();
        map.forEach((key, value) -> expanded.put(expand(String.valueOf(key)), expand(String.valueOf(value))));
        return expanded;
    }

    private List<Object> list(String field, List<?> list) {
        List<Object> expanded = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text)) {
                expanded.add(value("", item));
            } else if (LISTS.contains(field)) {
                expand(text).lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(expanded::add);
            } else {
                expanded.add(expand(text));
            }
        }
        return expanded;
    }
}
