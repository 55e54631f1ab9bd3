package io.jenkins.plugins.ec2docker.jenkins.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ShellWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * The arguments of a step as a Jenkinsfile has them: maps, symbols, Groovy strings, numbers, and a list or a text where either reads well.
 * Turned into plain values for the engine's parser, into the shapes that the describables keep, and back for the Snippet Generator.
 */
public final class GroovyArguments {
    private static final Set<String> ASSIGNMENTS = Set.of("environment", "tags");
    private static final Set<String> NUMBERS = Set.of("durationSeconds", "sizeGiB", "port", "retries");
    private static final Set<String> FLAGS = Set.of("publicIp", "elasticIp", "spot", "planOnly");

    private static final ObjectMapper JSON = new ObjectMapper();

    private GroovyArguments() {}

    /** The arguments without Groovy's and Jenkins' own types: maps, lists, text, numbers, booleans. */
    public static Map<String, Object> plain(Map<?, ?> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>();
        arguments.forEach((name, value) -> plain.put(String.valueOf(name), plainValue(value)));
        return plain;
    }

    @CheckForNull
    private static Object plainValue(@CheckForNull Object value) {
        if (value instanceof UninstantiatedDescribable symbol) {
            return plain(named(symbol));
        }
        if (value instanceof RequestBean<?> section) {
            return section.document();
        }
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(GroovyArguments::plainValue).collect(Collectors.toCollection(ArrayList::new));
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** {@code appContainer('nginx')} has one argument without a name, which is the mandatory one. */
    private static Map<String, ?> named(UninstantiatedDescribable symbol) {
        Map<String, ?> arguments = symbol.getArguments();
        Descriptor<?> descriptor = SymbolLookup.get().findDescriptor(RequestBean.class, symbol.getSymbol());
        DescribableParameter sole = descriptor == null ? null : DescribableModel.of(descriptor.clazz).getSoleRequiredParameter();
        return sole == null || !arguments.containsKey(UninstantiatedDescribable.ANONYMOUS_KEY)
                ? arguments
                : Map.of(sole.getName(), arguments.get(UninstantiatedDescribable.ANONYMOUS_KEY));
    }

    /** The arguments of one describable in the types that its setters take. What fits nowhere is left for Jenkins to refuse. */
    public static Map<String, Object> fit(Class<?> type, Map<String, Object> arguments) {
        DescribableModel<?> model = DescribableModel.of(type);
        Map<String, Object> fitting = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            DescribableParameter parameter = name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)
                    ? model.getSoleRequiredParameter()
                    : model.getParameter(name);
            fitting.put(name, parameter == null || value == null ? value : fit(parameter, value));
        });
        return fitting;
    }

    private static Object fit(DescribableParameter parameter, Object value) {
        if (parameter.getName().equals(SectionsParameter.PARAMETER) && value instanceof Map<?, ?> map) {
            return json(plain(map));
        }
        if (parameter.getErasedType() == String.class && !(value instanceof Map)) {
            return value instanceof Collection<?> words ? ShellWords.join(words) : value.toString();
        }
        if (!FormSubmission.isListOfText(parameter)) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(entry -> KeyValueLines.line(entry.getKey(), entry.getValue())).toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(item -> item instanceof Map<?, ?> port ? shortForm(port) : String.valueOf(item)).toList();
        }
        return parameter.getName().equals("test") ? List.of("CMD-SHELL", value.toString()) : List.of(value.toString());
    }

    /** Of a port in Compose's long form, the one section in a list of text. */
    private static String shortForm(Map<?, ?> port) {
        Object protocol = port.get("protocol");
        return port.get("published") + ":" + port.get("target") + (protocol == null ? "" : "/" + protocol);
    }

    /** JSON is YAML. */
    private static String json(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** What the Snippet Generator shows: maps, numbers and yes or no without quotes, as one would write them. */
    public static UninstantiatedDescribable asWritten(UninstantiatedDescribable described) {
        Map<String, Object> written = new LinkedHashMap<>();
        described.getArguments().forEach((name, value) -> written.put(name, asWritten(name, value)));
        return described.withArguments(written);
    }

    private static Object asWritten(String name, Object value) {
        if (value instanceof List<?> list && ASSIGNMENTS.contains(name)) {
            return KeyValueLines.written(list);
        }
        if (value instanceof List<?> list && name.equals("test") && list.size() == 2 && list.get(0).equals("CMD-SHELL")) {
            return list.get(1);
        }
        if (value instanceof String text && NUMBERS.contains(name) && text.matches("[1-9][0-9]{0,8}")) {
            return Integer.valueOf(text);
        }
        if (value instanceof String text && FLAGS.contains(name) && text.matches("true|false")) {
            return Boolean.valueOf(text);
        }
        return value instanceof String text && name.equals(SectionsParameter.PARAMETER) ? sections(text) : value;
    }

    /** As a map where it is one; else as it is. */
    private static Object sections(String text) {
        try {
            Map<String, Object> map = SectionsParameter.document(text);
            return isWhole(map) ? written(map) : text;
        } catch (InvalidRequestException unreadable) {
            return text;
        }
    }

    /** Whether there is a value everywhere: Groovy's null would be one, too. */
    private static boolean isWhole(@CheckForNull Object value) {
        return value instanceof Map<?, ?> map ? map.values().stream().allMatch(GroovyArguments::isWhole)
                : value instanceof Collection<?> list ? list.stream().allMatch(GroovyArguments::isWhole) : value != null;
    }

    private static Object written(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> written = new LinkedHashMap<>();
            map.forEach((name, each) -> written.put(name, written(each)));
            return written;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(GroovyArguments::written).toList();
        }
        String text = String.valueOf(value);
        return text.matches("true|false") ? Boolean.valueOf(text) : text.matches("0|[1-9][0-9]{0,8}") ? Integer.valueOf(text) : text;
    }
}
