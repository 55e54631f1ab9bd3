package io.jenkins.plugins.ec2docker.jenkins.form;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.FormValidation;
import io.jenkins.plugins.ec2docker.request.parse.RequestForm;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.schema.FieldForm;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The text of field {@code sections} as the form shows it: its map, what the engine's parser says of it in an otherwise sound request, and what
 * holds where a field is empty. Values with a parameter in them are known to the build alone and are not looked at.
 */
final class SectionsValidation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String blueprint;
    @CheckForNull
    private final String text;
    private final Set<String> shown = new TreeSet<>();
    private final Set<String> unknowable = new HashSet<>();

    SectionsValidation(String blueprint, @CheckForNull String text) {
        this.blueprint = blueprint;
        this.text = text;
        RequestForm.of(blueprint).forEach(this::show);
    }

    /**
     * For the form: {@code sections}, null where the text is none; {@code problems}, by path of a field or section that is shown, as HTML;
     * {@code usual}, what holds where a field is empty, by its path.
     */
    String json() {
        ObjectNode answer = JSON.createObjectNode();
        Map<String, Object> sections;
        try {
            sections = sections();
        } catch (InvalidRequestException unreadable) {
            answer.putNull("sections");
            return answer.toString();
        }
        answer.set("sections", JSON.valueToTree(sections));
        Map<String, List<Violation>> problems = new LinkedHashMap<>();
        for (Violation violation : violations(sections)) {
            String place = place(violation);
            if (place != null) {
                problems.computeIfAbsent(place, none -> new ArrayList<>()).add(violation);
            }
        }
        ObjectNode html = answer.putObject("problems");
        problems.forEach((path, violations) -> html.put(path, FieldValidation.verdict(violations).renderHtml()));
        Object environment = sections.get("environment");
        answer.set("usual", JSON.valueToTree(RequestForm.usual(blueprint, environment == null ? null : environment.toString())));
        return answer.toString();
    }

    /** For the text: what is wrong with it, and no field that is shown tells. */
    FormValidation elsewhere() {
        try {
            return FieldValidation.verdict(violations(sections()).stream().filter(violation -> place(violation) == null).toList());
        } catch (InvalidRequestException unreadable) {
            // With a parameter's value it may well be read.
            return FieldValidation.hasVariable(text) ? FormValidation.ok() : FieldValidation.verdict(unreadable.violations());
        }
    }

    private Map<String, Object> sections() throws InvalidRequestException {
        return text == null || text.isBlank() ? new LinkedHashMap<>() : SectionsParameter.document(text);
    }

    private List<Violation> violations(Map<String, Object> sections) {
        if (shown.isEmpty()) {
            return List.of();
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "web");
        document.put("blueprint", blueprint);
        document.put("region", "us-east-1");
        if (!blueprint.equals("fargate")) {
            document.put("instanceType", "t3.small");
        }
        document.put("containers", List.of(Map.of("image", "nginx", "ports", List.of("80:80"))));
        sections.forEach((name, value) -> document.put(name, known(name, value)));
        if (document.get("network") instanceof Map<?, ?> network) {
            // The VPC may stand in the form's own network, which the check does not see.
            Map<String, Object> completed = new LinkedHashMap<>();
            network.forEach((name, value) -> completed.put(String.valueOf(name), value));
            if (completed.containsKey("publicSubnetIds") && completed.containsKey("privateSubnetIds")) {
                completed.putIfAbsent("vpcId", "vpc-01234567");
            }
            document.put("network", completed);
        }
        return RequestParser.parse(document).violations().stream()
                .filter(violation -> unknowable.stream().noneMatch(path -> isAt(violation.field(), path)))
                .toList();
    }

    /** Without what a parameter stands in. */
    @CheckForNull
    private Object known(String path, @CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> known = new LinkedHashMap<>();
            map.forEach((name, each) -> known.put(String.valueOf(name), known(path + "." + name, each)));
            return known;
        }
        boolean variable = value instanceof Collection<?> list
                ? list.stream().anyMatch(each -> each != null && FieldValidation.hasVariable(each.toString()))
                : value != null && FieldValidation.hasVariable(value.toString());
        if (variable) {
            unknowable.add(path);
        }
        return variable ? null : value;
    }

    private void show(FieldForm field) {
        shown.add(field.path());
        field.fields().forEach(this::show);
    }

    /** The innermost field or section that is shown and has the problem; null where none has. */
    @CheckForNull
    private String place(Violation violation) {
        return shown.stream()
                .filter(path -> isAt(violation.field(), path))
                .reduce((some, longer) -> longer.length() > some.length() ? longer : some)
                .orElse(null);
    }

    private static boolean isAt(String field, String path) {
        return field.equals(path) || field.startsWith(path + ".") || field.startsWith(path + "[");
    }
}
