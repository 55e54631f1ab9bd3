package io.jenkins.plugins.ec2docker.request.parse;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.schema.EnvironmentPresets;
import io.jenkins.plugins.ec2docker.request.schema.FieldForm;
import io.jenkins.plugins.ec2docker.request.schema.FieldSchema;
import io.jenkins.plugins.ec2docker.request.schema.SectionShapes;
import io.jenkins.plugins.ec2docker.request.schema.VariableDescriptions;
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
public final class RequestForm {
    /** What one decides first stands first; what is not named here comes last. */
    private static final List<String> ORDER =
            List.of("environment", "imageRelease", "instancePolicy", "scaling", "task", "loadBalancer", "network",
                    "database", "monitoring", "backup", "edge", "registry", "bastion");

    private static final FieldSchema ENVIRONMENT = FieldSchema.choice(EnvironmentPresets.ENVIRONMENTS.toArray(String[]::new));
    private static final String ENVIRONMENT_MEANING =
            "A preset: values for size, network, backup and monitoring, of which each gives way to what is given here.";

    private RequestForm() {}

    /** In the order of a form; none for a blueprint without sections or of which nothing is known. */
    public static List<FieldForm> of(String blueprint) {
        Map<String, FieldSchema> shapes = shapes(blueprint);
        Map<String, VariableDescriptions.Note> notes = shapes.isEmpty() ? Map.of() : VariableDescriptions.of(blueprint);
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
    public static Map<String, String> usual(String blueprint, @CheckForNull String environment) {
        Map<String, String> usual = new LinkedHashMap<>();
        Map<String, FieldSchema> shapes = shapes(blueprint);
        if (shapes.isEmpty()) {
            return usual;
        }
        VariableDescriptions.of(blueprint).forEach((path, note) -> usual.put(path, note.usual()));
        of(blueprint).forEach(field -> optional(field, usual));
        String known = environment != null && EnvironmentPresets.ENVIRONMENTS.contains(environment) ? environment : null;
        EnvironmentPresets.of(known, blueprint).forEach((name, value) -> put(name, value, usual));
        EnvironmentPresets.database(known).forEach((name, value) -> put("database." + name, value, usual));
        usual.values().removeIf(String::isEmpty);
        return usual;
    }

    private static Map<String, FieldSchema> shapes(String blueprint) {
        Map<String, FieldSchema> own = SectionShapes.OF.get(blueprint);
        if (own == null) {
            return Map.of();
        }
        Map<String, FieldSchema> shapes = new LinkedHashMap<>(own);
        shapes.put(SectionReader.ENVIRONMENT, ENVIRONMENT);
        shapes.put(SectionReader.NETWORK, FieldSchema.section(SectionShapes.network()));
        return shapes;
    }

    private static int place(String name) {
        return ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size();
    }

    private static FieldForm field(String path, FieldForm look, Map<String, VariableDescriptions.Note> notes) {
        String meaning =
                path.equals(SectionReader.ENVIRONMENT) ? ENVIRONMENT_MEANING : notes.containsKey(path) ? notes.get(path).meaning() : "";
        // What a variable calls null, nobody types.
        meaning = meaning.replaceAll("\\bnull\\b", look.kind() == FieldForm.Kind.SECTION ? "not given" : "empty");
        return look.at(path, meaning, look.fields().stream().map(each -> field(path + "." + each.path(), each, notes)).toList());
    }

    private static void optional(FieldForm field, Map<String, String> usual) {
        if (field.optional()) {
            usual.put(field.path(), FieldSchema.NONE);
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
