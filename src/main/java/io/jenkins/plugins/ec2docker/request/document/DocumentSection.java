package io.jenkins.plugins.ec2docker.request.document;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.ClosestName;
import io.jenkins.plugins.ec2docker.request.values.DisplayText;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A section of a document: a map whose fields are known. An unknown field is a problem that names the nearest known one. */
public final class DocumentSection {
    private final String path;
    private final Map<?, ?> map;
    private final List<String> known;
    private final ViolationCollector problems;
    private final ReadMode mode;

    DocumentSection(String path, Map<?, ?> map, List<String> known, ViolationCollector problems, ReadMode mode) {
        this.path = path;
        this.map = map;
        this.known = known;
        this.problems = problems;
        this.mode = mode;
        for (Object key : map.keySet()) {
            if (!(key instanceof CharSequence name && known.contains(name.toString()))) {
                // The value is not shown: below a misspelt "environment" it is a secret.
                problems.add(pathOf(DisplayText.shorten(String.valueOf(key))), "", unknown(String.valueOf(key)));
            }
        }
    }

    /** The root of a document. Unknown fields are noted at once. */
    public static DocumentSection root(Map<String, ?> document, ViolationCollector problems, ReadMode mode, String... known) {
        return new DocumentSection("", document, List.of(known), problems, mode);
    }

    /** Whether a value that breaks a rule stays: {@link ReadMode#STORED}. */
    public boolean isStored() {
        return mode == ReadMode.STORED;
    }

    /** The field's value; absent where the section does not have it. */
    public DocumentNode get(String field) {
        if (!known.contains(field)) {
            throw new IllegalArgumentException("section " + path + " knows no field " + field);
        }
        return new DocumentNode(pathOf(field), map.get(field), problems, mode);
    }

    /** In place of a field's value: none. */
    public DocumentNode absent(String field) {
        return new DocumentNode(pathOf(field), null, problems, mode);
    }

    /** Null where the section does not know the field. */
    @CheckForNull
    public DocumentNode find(String field) {
        return known.contains(field) ? get(field) : null;
    }

    /** The field's value, whose absence is a problem. */
    public DocumentNode required(String field, String example) {
        DocumentNode node = get(field);
        if (node.isAbsent()) {
            node.refuse("is required; for example " + example + ".");
        }
        return node;
    }

    private String pathOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private String unknown(String key) {
        return ClosestName.to(key, known)
                .map(nearest -> "is not a known field; did you mean \"" + nearest + "\"?")
                .orElseGet(() -> "is not a known field; known here: " + known.stream().collect(Collectors.joining(", ")) + ".");
    }
}
