package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * Between the form, which knows only text, and the describables, which have lists and sections. A list stands in its field with one value
 * to
 * a line; what is left empty was not given.
 */
public final class FormSubmission {
    private static final String HEALTH_TEST = "test";
    private static final String INGRESS = "ingressCidrs";
    /** An empty field means the default, which here is everybody. */
    private static final String NOBODY = "none";

    private FormSubmission() {}

    /** What was submitted for a describable, as arguments by which {@link DescribableModel} makes it. */
    public static Map<String, Object> read(Class<?> type, JSONObject form) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            Object submitted = form.opt(parameter.getName());
            Object value = submitted == null ? null : value(parameter, submitted);
            if (value != null) {
                arguments.put(parameter.getName(), value);
            }
        }
        return arguments;
    }

    @CheckForNull
    private static Object value(DescribableParameter parameter, Object submitted) {
        Class<?> type = parameter.getErasedType();
        if (type == boolean.class) {
            return Boolean.valueOf(submitted.toString());
        }
        if (type == String.class) {
            return submitted.toString().isBlank() ? null : submitted.toString().strip();
        }
        if (isListOfText(parameter)) {
            return submittedList(parameter.getName(), submitted.toString());
        }
        if (parameter.getType() instanceof ArrayType array) {
            return sections((Class<?>) array.getElementType().getActualType(), submitted);
        }
        return submitted instanceof JSONObject section ? section(type, section) : null;
    }

    static boolean isListOfText(DescribableParameter parameter) {
        return parameter.getType() instanceof ArrayType array && array.getElementType().getActualType() == String.class;
    }

    /** Null where nothing was given. */
    @CheckForNull
    static List<String> submittedList(String field, String text) {
        if (field.equals(INGRESS) && text.strip().equals(NOBODY)) {
            return List.of();
        }
        List<String> values = list(field, text);
        return values.isEmpty() ? null : values;
    }

    @CheckForNull
    private static Object section(Class<?> type, JSONObject form) {
        Map<String, Object> arguments = read(type, form);
        return arguments.isEmpty() ? null : DescribableModel.of(type).instantiate(arguments, null);
    }

    @CheckForNull
    private static Object sections(Class<?> type, Object submitted) {
        List<Object> sections = new ArrayList<>();
        for (Object form : submitted instanceof JSONArray array ? array : List.of(submitted)) {
            sections.add(DescribableModel.of(type).instantiate(read(type, (JSONObject) form), null));
        }
        return sections.isEmpty() ? null : sections;
    }

    /** The text of a list's field as the list. */
    static List<String> list(String field, String text) {
        return switch (field) {
            case "environment", "tags" -> assignments(text);
            case HEALTH_TEST -> healthTest(text.strip());
            default -> text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        };
    }

    /** A list as the text of its field. */
    public static String text(String field, @CheckForNull List<String> values) {
        if (values == null) {
            return "";
        }
        if (field.equals(INGRESS) && values.isEmpty()) {
            return NOBODY;
        }
        return switch (field) {
            case "environment", "tags" -> values.stream().map(value -> value.replace("\n", "\n\t")).collect(Collectors.joining("\n"));
            case HEALTH_TEST -> healthTestText(values);
            default -> String.join("\n", values);
        };
    }

    /** A line that begins with white space goes on with the value of the line before, so that values of several lines have a form, too. */
    private static List<String> assignments(String text) {
        List<String> assignments = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            if (!assignments.isEmpty() && (line.startsWith("\t") || line.startsWith(" "))) {
                assignments.set(assignments.size() - 1, assignments.get(assignments.size() - 1) + "\n" + line.substring(1));
            } else if (!line.isBlank()) {
                assignments.add(line.stripLeading());
            }
        }
        return assignments;
    }

    /** As in a Dockerfile: {@code NONE}, {@code CMD} and words, or else a line for a shell. */
    private static List<String> healthTest(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.equals("NONE")) {
            return List.of("NONE");
        }
        if (text.startsWith("CMD ")) {
            return commandTest(text);
        }
        return List.of("CMD-SHELL", text);
    }

    private static List<String> commandTest(String text) {
        try {
            return ShellWords.split(text);
        } catch (IllegalArgumentException unbalanced) {
            // Kept as it was typed; the parser refuses it.
            return List.of(text);
        }
    }

    private static String healthTestText(List<String> test) {
        boolean shell = test.size() == 2 && test.get(0).equals("CMD-SHELL");
        return shell ? test.get(1) : test.size() == 1 ? test.get(0) : ShellWords.join(test);
    }
}
