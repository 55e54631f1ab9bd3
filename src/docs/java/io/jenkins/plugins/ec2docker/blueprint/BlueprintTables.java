package io.jenkins.plugins.ec2docker.blueprint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a blueprint's variables and outputs are, as tables for its page. Read from its formatted source, line by line: a variable's
 * description, and the comment above each attribute of its type.
 */
final class BlueprintTables {

    private static final Pattern BLOCK = Pattern.compile("^(variable|output) \"(\\w+)\" \\{$(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern DESCRIPTION = Pattern.compile("^  description *= \"(.*)\"$", Pattern.MULTILINE);
    private static final Pattern DEFAULT = Pattern.compile("^  default *= (.*)$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^  type *= (.*?)(?=\n  \\w|\n\n|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("^ +(\\w+) *= (.*)$");
    private static final Pattern SHORT = Pattern.compile("(\\w+) = optional\\(\\w+, ([^)]*)\\)");

    private BlueprintTables() {}

    static String variables(String source) {
        List<String> rows = new ArrayList<>(List.of("| variable | type | default | |", "| --- | --- | --- | --- |"));
        Matcher block = BLOCK.matcher(source);
        while (block.find()) {
            String body = block.group(3);
            String type = first(TYPE, body);
            rows.add(row(block.group(2), kind(type), orRequired(first(DEFAULT, body)), unescaped(first(DESCRIPTION, body))));
            attributes(block.group(2) + step(type), type, rows);
        }
        return String.join("\n", rows) + "\n";
    }

    static String outputs(String source) {
        List<String> rows = new ArrayList<>(List.of("| output | |", "| --- | --- |"));
        Matcher block = BLOCK.matcher(source);
        while (block.find()) {
            rows.add("| `" + block.group(2) + "` | " + unescaped(first(DESCRIPTION, block.group(3))) + " |");
        }
        return String.join("\n", rows) + "\n";
    }

    private static void attributes(String variable, String type, List<String> rows) {
        Deque<String> path = new ArrayDeque<>(List.of(variable));
        String comment = "";
        for (String line : type.lines().skip(1).toList()) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (line.strip().startsWith("#")) {
                comment = line.strip().substring(1).strip();
            } else if (attribute.find()) {
                String name = path.getLast() + attribute.group(1);
                String value = attribute.group(2);
                rows.add(row(name, kind(value), byDefault(value), comment));
                if (value.endsWith("({")) {
                    path.addLast(name + step(value));
                }
            } else if (line.strip().startsWith("}") && path.size() > 1) {
                path.removeLast();
            }
        }
    }

    /** How a path goes on below a value of this type. */
    private static String step(String type) {
        String plain = type.replace("optional(", "");
        return plain.startsWith("list(object") ? "[]." : plain.startsWith("map(object") ? ".NAME." : ".";
    }

    private static String kind(String type) {
        String plain = type.lines().findFirst().orElse("").replaceFirst("^optional\\(", "");
        Matcher kind = Pattern.compile("^(list|map)\\((\\w+)|^(\\w+)").matcher(plain);
        if (!kind.find()) {
            throw new IllegalArgumentException("no type: " + type);
        }
        return kind.group(3) != null ? kind.group(3) : kind.group(1) + " of " + kind.group(2) + "s";
    }

    private static String byDefault(String value) {
        if (!value.startsWith("optional(")) {
            return value.endsWith("({") ? "" : "required";
        }
        if (value.startsWith("optional(object({ ")) {
            List<String> parts = SHORT.matcher(value).results().map(each -> each.group(1) + " " + each.group(2)).toList();
            return value.endsWith("{})") ? "`" + String.join(", ", parts) + "`" : "null; `{}` for `" + String.join(", ", parts) + "`";
        }
        if (value.endsWith("({")) {
            return "";
        }
        String inner = value.substring("optional(".length(), value.length() - 1);
        int comma = afterType(inner);
        return comma < 0 ? "null" : "`" + inner.substring(comma + 2) + "`";
    }

    /** Where the comma after a type is, which may have commas of its own; -1 if there is none. */
    private static int afterType(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static String orRequired(String value) {
        return value.isEmpty() ? "required" : value.equals("null") ? "null" : "`" + value + "`";
    }

    private static String row(String name, String type, String byDefault, String meaning) {
        return "| `" + name + "` | " + type + " | " + byDefault + " | " + meaning.replace("|", "\\|") + " |";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"");
    }
}
