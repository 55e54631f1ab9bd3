package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a section of a request's document together; what was not given is left out, so that the engine's defaults hold. */
public final class DocumentBuilder {
    private final Map<String, Object> map = new LinkedHashMap<>();

    /** Left out where null or empty. */
    public DocumentBuilder text(String field, @CheckForNull String value) {
        return put(field, value == null || value.isEmpty() ? null : value);
    }

    /** Left out where null or empty. */
    public DocumentBuilder list(String field, @CheckForNull List<?> values) {
        return put(field, values == null || values.isEmpty() ? null : List.copyOf(values));
    }

    /** Left out where null. */
    public DocumentBuilder section(String field, @CheckForNull RequestBean<?> section) {
        return put(field, section == null ? null : section.document());
    }

    /** Left out where false, which is the default of every such field. */
    public DocumentBuilder flag(String field, boolean value) {
        return put(field, value ? Boolean.TRUE : null);
    }

    /** Left out where null; an empty list is kept. */
    public DocumentBuilder put(String field, @CheckForNull Object value) {
        if (value != null) {
            map.put(field, value);
        }
        return this;
    }

    public Map<String, Object> map() {
        return map;
    }
}
