package io.jenkins.plugins.ec2docker.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sections of a blueprint as a form shows them: every field of {@link SectionShapes} with its limits, the meaning and the default that the
 * blueprint's variables have, and what an environment brings. Nothing here is written twice.
 */
public final class SectionForm {
    /** What one decides first stands first; what is not named here comes last. */
    private static final List<String> ORDER = List.of("environment", "imageRelease", "instancePolicy", "scaling", "task", "loadBalancer", "network",
            "database", "monitoring", "backup", "edge", "registry", "bastion");

    private static final Shape ENVIRONMENT = Shape.choice(Presets.ENVIRONMENTS.toArray(String[]::new));
    private static final String ENVIRONMENT_MEANING =
            "A preset: values for size, network, backup and monitoring, of which each gives way to what is given here.";

    private SectionForm() {}

    /** In the order of a form; none for a blueprint without sections or of which nothing is known. */
    public static List<SectionField> of(String blueprint) {
        Map<String, Shape> shapes = shapes(blueprint);
        Map<String, VariableNotes.Note> notes = shapes.isEmpty() ? Map.of() : VariableNotes.of(blueprint);
        return shapes.keySet().stream()
                .sorted((one, other) -> Integer.compare(place(one), place(other)))
                .map(name -> field(name, shapes.get(name).look(), notes))
                .toList();
    }

    /**
     * What holds where a field is left out, by its path; for an optional section {@code yes} or {@code none}.
     *
     * @param environment null or unknown for none
     */
    public static Map<String, String> usual(String blueprint, String environment) {
        Map<String, String> usual = new LinkedHashMap<>();
        Map<String, Shape> shapes = shapes(blueprint);
        if (shapes.isEmpty()) {
            return usual;
        }
        VariableNotes.of(blueprint).forEach((path, note) -> usual.put(path, note.usual()));
        of(blueprint).forEach(field -> optional(field, usual));
        String known = environment != null && Presets.ENVIRONMENTS.contains(environment) ? environment : null;
        Presets.of(known, blueprint).forEach((name, value) -> put(name, value, usual));
        Presets.database(known).forEach((name, value) -> put("database." + name, value, usual));
        usual.values().removeIf(String::isEmpty);
        return usual;
    }

    private static Map<String, Shape> shapes(String blueprint) {
        Map<String, Shape> own = SectionShapes.OF.get(blueprint);
        if (own == null) {
            return Map.of();
        }
        Map<String, Shape> shapes = new LinkedHashMap<>(own);
        shapes.put(Sections.ENVIRONMENT, ENVIRONMENT);
        shapes.put(Sections.NETWORK, Shape.section(SectionShapes.network()));
        return shapes;
    }

    private static int place(String name) {
        return ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size();
    }

    private static SectionField field(String path, SectionField look, Map<String, VariableNotes.Note> notes) {
        String meaning = path.equals(Sections.ENVIRONMENT) ? ENVIRONMENT_MEANING : notes.containsKey(path) ? notes.get(path).meaning() : "";
        // What a variable calls null, nobody types.
        meaning = meaning.replaceAll("\\bnull\\b", look.kind() == SectionField.Kind.SECTION ? "not given" : "empty");
        return look.at(path, meaning, look.fields().stream().map(each -> field(path + "." + each.path(), each, notes)).toList());
    }

    private static void optional(SectionField field, Map<String, String> usual) {
        if (field.optional()) {
            usual.put(field.path(), Shape.NONE);
        }
        field.fields().forEach(each -> optional(each, usual));
    }

    private static void put(String path, Object value, Map<String, String> usual) {
        if (value instanceof Map<?, ?> section) {
            usual.computeIfPresent(path, (same, none) -> "yes");
            section.forEach((name, each) -> put(path + "." + name, each, usual));
        } else {
            List<?> values = new ArrayList<>(value instanceof Collection<?> list ? list : List.of(value));
            usual.put(path, values.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }
}
