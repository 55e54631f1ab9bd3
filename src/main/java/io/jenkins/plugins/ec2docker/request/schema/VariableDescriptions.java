package io.jenkins.plugins.ec2docker.request.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the variables of a bundled blueprint say of themselves, by the path that a request has for them. Read line by line from the formatted
 * source that is packed beside the classes: a variable's description, and the comment above each attribute of its type.
 */
public final class VariableDescriptions {
    private static final Pattern BLOCK = Pattern.compile("^variable \"(\\w+)\" \\{$(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern DESCRIPTION = Pattern.compile("^  description *= \"(.*)\"$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^  type *= (.*?)(?=\n  \\w|\n\n|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("^ +(\\w+) *= (.*)$");
    private static final Pattern SHORT = Pattern.compile("(\\w+) = optional\\(\\w+, ([^)]*)\\)");
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private static final Map<String, Map<String, Note>> READ = new ConcurrentHashMap<>();

    private VariableDescriptions() {}

    /** The meaning in plain English, and what holds by default; empty text where there is none. */
    public record Note(String meaning, String usual) {}

    /** @throws IllegalStateException if there is no such blueprint */
    public static Map<String, Note> of(String blueprint) {
        return READ.computeIfAbsent(blueprint, VariableDescriptions::read);
    }

    private static Map<String, Note> read(String blueprint) {
        Map<String, Note> notes = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(source(blueprint));
        while (block.find()) {
            String name = block.group(1);
            notes.put(camel(name), new Note(first(DESCRIPTION, block.group(2)).replace("\\\"", "\""), ""));
            attributes(name, first(TYPE, block.group(2)), notes);
        }
        // The request has these beside its sections.
        notes.computeIfAbsent("imageRelease", absent -> notes.get("instance.imageRelease"));
        notes.computeIfAbsent("instancePolicy", absent -> notes.get("instance.policy"));
        return notes;
    }

    private static void attributes(String variable, String type, Map<String, Note> notes) {
        Deque<String> path = new ArrayDeque<>();
        path.addLast(variable);
        String comment = "";
        for (String line : type.lines().skip(1).toList()) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (line.strip().startsWith("#")) {
                comment = line.strip().substring(1).strip();
            } else if (attribute.find()) {
                String name = path.getLast() + "." + attribute.group(1);
                String value = attribute.group(2);
                notes.put(camel(name), new Note(comment, value.startsWith("optional(object") ? "" : byDefault(value)));
                SHORT.matcher(value.startsWith("optional(object") ? value : "").results()
                        .forEach(each -> notes.put(camel(name + "." + each.group(1)), new Note("", plain(each.group(2)))));
                if (value.endsWith("({")) {
                    path.addLast(name);
                }
            } else if (line.strip().startsWith("}") && path.size() > 1) {
                path.removeLast();
            }
        }
    }

    private static String byDefault(String value) {
        int comma = value.indexOf(", ");
        boolean given = value.startsWith("optional(") && value.endsWith(")") && comma >= 0;
        return given ? plain(value.substring(comma + 2, value.length() - 1)) : "";
    }

    /** As one would type it: no quotes, no brackets. */
    private static String plain(String literal) {
        return literal.equals("null") ? "" : literal.replaceAll("[\\[\\]{}\"]", "");
    }

    private static String camel(String name) {
        return UNDERSCORE.matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT)).replaceFirst("Gib$", "GiB");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String source(String blueprint) {
        String resource = "/io/jenkins/plugins/ec2docker/terraform-templates/" + blueprint + "/variables.tf";
        try (InputStream in = VariableDescriptions.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This build lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
