package io.jenkins.plugins.ec2docker.request.schema;

import java.util.List;

/**
 * One field of a blueprint's sections, as a form shows it. What it may hold in full, {@code RequestParser} says.
 *
 * @param path as {@code loadBalancer.healthCheck.path}; empty as long as only its {@link FieldSchema} is known, and relative within that
 * @param kind how it is filled in
 * @param optional for a section: whether it is there only where it is given, and may be {@code none}
 * @param range of a number; {@link Range#NONE} for any other kind
 * @param choices for {@link Kind#CHOICE} all that it may be; else empty
 * @param meaning one or two sentences in English, plain text; empty where the section says it
 * @param fields of a section; else empty
 */
public record FieldForm(
        String path, Kind kind, boolean optional, Range range, List<String> choices, String meaning, List<FieldForm> fields) {

    /**
     * What a number may be; all texts may be empty.
     *
     * @param unit as {@code s}
     */
    public record Range(String lowest, String highest, String unit) {
        static final Range NONE = new Range("", "", "");
    }

    static FieldForm of(Kind kind) {
        return new FieldForm("", kind, false, Range.NONE, List.of(), "", List.of());
    }

    static FieldForm number(String lowest, String highest, String unit) {
        return new FieldForm("", Kind.NUMBER, false, new Range(lowest, highest, unit.strip()), List.of(), "", List.of());
    }

    static FieldForm choice(List<String> choices) {
        return new FieldForm("", Kind.CHOICE, false, Range.NONE, choices, "", List.of());
    }

    /** Fields of a section have their names in it as paths. */
    static FieldForm section(boolean optional, List<FieldForm> fields) {
        return new FieldForm("", Kind.SECTION, optional, Range.NONE, List.of(), "", fields);
    }

    /** The same at a path, with what it means. */
    public FieldForm at(String place, String itsMeaning, List<FieldForm> itsFields) {
        return new FieldForm(place, kind, optional, range, choices, itsMeaning, itsFields);
    }

    /** The same under a name. */
    FieldForm named(String name) {
        return at(name, meaning, fields);
    }

    /** How a field is filled in. */
    public enum Kind {
        TEXT,
        /** A number, whole or with decimals. */
        NUMBER,
        /** {@code true} or {@code false}. */
        FLAG,
        CHOICE,
        /** Lines of text. */
        LIST,
        /** A map with names of the user's own. */
        NAMED,
        /** Text that is a document in JSON. */
        JSON,
        SECTION
    }
}
