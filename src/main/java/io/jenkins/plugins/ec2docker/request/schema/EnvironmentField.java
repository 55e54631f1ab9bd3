package io.jenkins.plugins.ec2docker.request.schema;

import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a container's {@code environment}, a map or, as Compose also has it, a list of NAME=value. No message ever shows a value. */
final class EnvironmentField {
    /** execve(2), MAX_ARG_STRLEN: 32 pages for one NAME=value string, its closing NUL included. */
    private static final int MOST_BYTES = 128 * 1024 - 1;

    private final Map<String, String> variables = new LinkedHashMap<>();

    private EnvironmentField() {}

    static Map<String, String> read(DocumentNode node) {
        EnvironmentField section = new EnvironmentField();
        if (node.isList() || node.isText()) {
            node.items().forEach(section::readAssignment);
        } else {
            node.entries().forEach(section::readVariable);
        }
        return section.variables;
    }

    private void readAssignment(DocumentNode item) {
        String text = item.isAbsent() ? null : item.freeText();
        int equals = text == null ? -1 : text.indexOf('=');
        if (item.isAbsent() || text != null && equals < 0) {
            item.refuseUnseen("must be written as NAME=value.");
        } else if (text != null) {
            put(item, text.substring(0, equals), text.substring(equals + 1));
        }
    }

    private void readVariable(String name, DocumentNode node) {
        if (node.isAbsent()) {
            node.refuseUnseen("has no value; write \"\" for an empty one.");
            return;
        }
        String value = node.freeText();
        if (value != null) {
            put(node, name, value);
        }
    }

    private void put(DocumentNode node, String name, String value) {
        if (!name.equals(name.strip()) && node.rejectsUnseen("has blanks around the name; write NAME=value without them.")) {
            return;
        }
        // environ(7): a name ends at the first "=", the string at the first NUL.
        boolean good = !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0 && DocumentNode.isWholeCharacters(name);
        if (!good && node.rejectsUnseen("has a name that breaks the rule: at least one character, and neither \"=\" nor NUL.")) {
            return;
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length + 1 + value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES
                && node.rejectsUnseen("has " + bytes + " bytes with its name, and Linux gives a process at most " + MOST_BYTES
                        + " in one variable; shorten it, or hand it over in a file.")) {
            return;
        }
        if (variables.putIfAbsent(name, value) != null) {
            node.refuseUnseen("sets a variable that was set before; keep one.");
        }
    }
}
