package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a value of a section must be. Sections of the blueprints with several instances or tasks are described by shapes, as their variables
 * are by Terraform's types: {@link SectionShapes} is the counterpart of {@code terraform-templates/}.
 */
@FunctionalInterface
public interface FieldSchema {
    /** In place of an optional section: there is to be none, whatever {@code environment} brings. */
    String NONE = "none";

    /** The value as text, number, boolean, list or map; null where it is absent or wrong, and then the problem has been noted. */
    @CheckForNull
    Object read(DocumentNode node);

    /** How a form shows it: as text, unless it is told otherwise. */
    default FieldForm look() {
        return FieldForm.of(FieldForm.Kind.TEXT);
    }

    /** The same shape, shown in this way. */
    default FieldSchema shown(FieldForm look) {
        FieldSchema shape = this;
        return new FieldSchema() {
            @Override
            @CheckForNull
            public Object read(DocumentNode node) {
                return shape.read(node);
            }

            @Override
            public FieldForm look() {
                return look;
            }
        };
    }

    static FieldSchema whole(int lowest, int highest, String unit) {
        FieldSchema shape = node -> node.integer(lowest, highest, unit);
        return shape.shown(FieldForm.number(String.valueOf(lowest), String.valueOf(highest), unit));
    }

    static FieldSchema flag() {
        FieldSchema shape = DocumentNode::bool;
        return shape.shown(FieldForm.of(FieldForm.Kind.FLAG));
    }

    static FieldSchema text(Predicate<String> rule, String message) {
        return node -> node.text(rule, message);
    }

    static FieldSchema choice(String... allowed) {
        return text(List.of(allowed)::contains, "must be one of: " + String.join(", ", allowed) + ".")
                .shown(FieldForm.choice(List.of(allowed)));
    }

    /** A number above zero, up to a limit, which may have decimals. */
    static FieldSchema decimal(int highest, String unit) {
        Predicate<String> digits = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?").asMatchPredicate();
        String rule = "must be a number above 0, up to " + highest + unit + ".";
        FieldSchema shape = node -> {
            String text = node.text();
            if (text == null) {
                return null;
            }
            if (!digits.test(text)) {
                return node.refuse(rule);
            }
            BigDecimal number = new BigDecimal(new BigDecimal(text).stripTrailingZeros().toPlainString());
            return number.signum() > 0 && number.compareTo(BigDecimal.valueOf(highest)) <= 0 ? number : node.refuse(number, rule);
        };
        return shape.shown(FieldForm.number("0", String.valueOf(highest), unit));
    }

    static FieldSchema list(FieldSchema each) {
        FieldSchema shape = node -> {
            List<Object> values = new ArrayList<>();
            for (DocumentNode item : node.items()) {
                Object value = item.isAbsent() ? item.refuse("is empty; give a value or remove the line.") : each.read(item);
                boolean twice = value != null && values.contains(value);
                if (value != null && !(twice && item.rejects("stands twice in the list; remove it."))) {
                    values.add(value);
                }
            }
            return node.isAbsent() ? null : List.copyOf(values);
        };
        return shape.shown(FieldForm.of(FieldForm.Kind.LIST));
    }

    static FieldSchema networks() {
        FieldSchema shape = node -> node.isAbsent() ? null : CidrListField.read(node);
        return shape.shown(FieldForm.of(FieldForm.Kind.LIST));
    }

    static FieldSchema words() {
        return node -> node.isAbsent() ? null : CommandField.read(node);
    }

    /** A document in JSON, kept as it was written; it may have several lines. */
    static FieldSchema json() {
        FieldSchema shape = node -> {
            String text = node.freeText();
            if (text == null) {
                return null;
            }
            try {
                DocumentReader.read(text, DocumentReader.Format.JSON);
                return text;
            } catch (InvalidRequestException notJson) {
                return node.refuseUnseen(text, "must be an object in JSON; " + notJson.violations().get(0).message());
            }
        };
        return shape.shown(FieldForm.of(FieldForm.Kind.JSON));
    }

    /** A map with names of the user's own. */
    static FieldSchema named(Pattern name, String rule, FieldSchema each) {
        FieldSchema shape = node -> {
            Map<String, Object> values = new LinkedHashMap<>();
            node.entries().forEach((key, entry) -> {
                boolean rejected = !name.matcher(key).matches() && entry.rejectsUnseen("has a name that breaks the rule: " + rule + ".");
                Object value = rejected
                        ? null
                        : entry.isAbsent() ? entry.refuse("is empty; give a value or remove the line.") : each.read(entry);
                if (value != null) {
                    values.put(key, value);
                }
            });
            return node.isAbsent() ? null : values;
        };
        return shape.shown(FieldForm.of(FieldForm.Kind.NAMED));
    }

    /** A section of known fields. */
    static FieldSchema section(Map<String, FieldSchema> fields, String... required) {
        FieldSchema whole = node -> {
            DocumentSection given = node.fields(fields.keySet().toArray(String[]::new));
            if (given == null) {
                return null;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            fields.forEach((name, shape) -> {
                Object value = shape.read(given.get(name));
                if (value != null) {
                    values.put(name, value);
                }
            });
            for (String name : required) {
                if (given.get(name).isAbsent()) {
                    given.get(name).refuse("is required.");
                }
            }
            return values;
        };
        return whole.shown(
                FieldForm.section(false, fields.entrySet().stream().map(each -> each.getValue().look().named(each.getKey())).toList()));
    }

    /** The same, or {@link #NONE}. */
    static FieldSchema orNone(FieldSchema section) {
        FieldSchema shape = node -> node.says(NONE) ? NONE
                : node.isText() ? node.refuse("must be a section, {} for its defaults, or none.") : section.read(node);
        return shape.shown(FieldForm.section(true, section.look().fields()));
    }

    /** Names and shapes in turn. */
    static Map<String, FieldSchema> fields(Object... namesAndShapes) {
        Map<String, FieldSchema> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            fields.put((String) namesAndShapes[i], (FieldSchema) namesAndShapes[i + 1]);
        }
        return fields;
    }

    /** The fields of both. */
    static Map<String, FieldSchema> both(Map<String, FieldSchema> some, Map<String, FieldSchema> more) {
        Map<String, FieldSchema> fields = new LinkedHashMap<>(some);
        fields.putAll(more);
        return fields;
    }
}
