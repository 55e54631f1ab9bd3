package io.jenkins.plugins.ec2docker.request.parse;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The request documents that the tests start from, and changes to them. */
public final class Requests {
    private Requests() {}

    public static String text(String resource) {
        try (InputStream in = Requests.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }

    static Map<String, Object> document(String resource) {
        return yaml(text(resource));
    }

    public static Map<String, Object> yaml(String text) {
        try {
            return DocumentReader.read(text, DocumentReader.Format.YAML);
        } catch (InvalidRequestException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    public static ParseResult<ProvisionRequest> parse(String yaml) {
        return RequestParser.parse(yaml(yaml));
    }

    /** The minimal document with one field, given by its path as in messages, set to a value. */
    static Map<String, Object> minimalWith(String path, Object value) {
        return with(document("minimal.yaml"), path, value);
    }

    /** The document with one value set, sections and items in between made as needed. */
    public static Map<String, Object> with(Map<String, Object> document, String path, Object value) {
        List<String> steps = new ArrayList<>(List.of(path.replace("]", "").replace("[", ".#").split("\\.")));
        Object at = document;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            Object next = last ? value : steps.get(i + 1).startsWith("#") ? new ArrayList<>() : new LinkedHashMap<>();
            at = put(at, steps.get(i), next, last);
        }
        return document;
    }

    @SuppressWarnings("unchecked") // Documents consist of such maps and lists only.
    private static Object put(Object at, String step, Object next, boolean last) {
        if (!step.startsWith("#")) {
            Map<String, Object> map = (Map<String, Object>) at;
            if (last || map.get(step) == null) {
                map.put(step, next);
            }
            return map.get(step);
        }
        List<Object> list = (List<Object>) at;
        int index = Integer.parseInt(step.substring(1));
        while (list.size() <= index) {
            list.add(null);
        }
        if (last || list.get(index) == null) {
            list.set(index, next);
        }
        return list.get(index);
    }
}
