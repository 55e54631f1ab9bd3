package io.jenkins.plugins.ec2docker.jenkins.form;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameter {@code sections}: fields of a request that have no parameter or field of the form of their own, as they stand in a request, in YAML or
 * JSON. {@code network} may be in both places, each of its fields in one.
 */
public final class SectionsParameter {
    public static final String PARAMETER = "sections";
    private static final String NETWORK = "network";

    private SectionsParameter() {}

    /**
     * The request with these fields in their places.
     *
     * @param document with {@code sections} as text or as a map; not changed
     * @throws InvalidRequestException if the text cannot be read, or says again what the document says
     */
    public static Map<String, Object> merged(Map<String, Object> document) throws InvalidRequestException {
        Map<String, Object> merged = new LinkedHashMap<>(document);
        Object sections = merged.remove(PARAMETER);
        if (sections == null) {
            return merged;
        }
        List<Violation> twice = new ArrayList<>();
        read(sections).forEach((field, value) -> put(merged, String.valueOf(field), value, "", twice));
        if (!twice.isEmpty()) {
            throw new InvalidRequestException(twice);
        }
        return merged;
    }

    private static Map<?, ?> read(Object sections) throws InvalidRequestException {
        return sections instanceof Map<?, ?> map ? map : document(String.valueOf(sections));
    }

    /** The text as a map: text, lists, maps and null. */
    public static Map<String, Object> document(String text) throws InvalidRequestException {
        try {
            return DocumentReader.read(text, DocumentReader.Format.YAML);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(e.violations().stream()
                    .map(each -> new Violation(each.field().isEmpty() ? PARAMETER : PARAMETER + "." + each.field(), "", each.message()))
                    .toList());
        }
    }

    private static void put(Map<String, Object> document, String field, Object value, String path, List<Violation> twice) {
        Object there = document.get(field);
        if (field.equals(NETWORK) && path.isEmpty() && there instanceof Map<?, ?> own && value instanceof Map<?, ?> more) {
            Map<String, Object> both = new LinkedHashMap<>();
            own.forEach((name, each) -> both.put(String.valueOf(name), each));
            more.forEach((name, each) -> put(both, String.valueOf(name), each, NETWORK + ".", twice));
            document.put(field, both);
        } else if (there != null) {
            twice.add(new Violation(path + field, "", "stands in sections and beside it; give it in one of the two."));
        } else {
            document.put(field, value);
        }
    }
}
