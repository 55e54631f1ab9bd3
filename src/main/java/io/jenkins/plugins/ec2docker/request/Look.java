package io.jenkins.plugins.ec2docker.request;

import java.util.List;
import java.util.Map;

/** What a form has to know of a shape beside how it is read; see {@link SectionField}, which it becomes under its name. */
record Look(SectionField.Kind kind, boolean optional, String lowest, String highest, String unit, List<String> choices, Map<String, Shape> fields) {

    static Look of(SectionField.Kind kind) {
        return new Look(kind, false, "", "", "", List.of(), Map.of());
    }

    static Look number(String lowest, String highest, String unit) {
        return new Look(SectionField.Kind.NUMBER, false, lowest, highest, unit.strip(), List.of(), Map.of());
    }

    static Look choice(List<String> choices) {
        return new Look(SectionField.Kind.CHOICE, false, "", "", "", choices, Map.of());
    }

    static Look section(boolean optional, Map<String, Shape> fields) {
        return new Look(SectionField.Kind.SECTION, optional, "", "", "", List.of(), fields);
    }
}
