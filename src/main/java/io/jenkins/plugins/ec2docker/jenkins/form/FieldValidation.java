package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Checks one field of the form while it is typed: puts it into an otherwise sound request and asks the engine's parser. Talks to no network
 * and reads nothing but its arguments.
 */
public final class FieldValidation {
    /** What a freestyle job replaces when it runs; only then is there something to check. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:[A-Za-z_][A-Za-z0-9_.]*|\\{[A-Za-z_][A-Za-z0-9_.]*\\})");

    private final Map<String, Object> beside = new HashMap<>();

    private FieldValidation() {}

    /**
     * A check for somebody who may see how the item is configured, or Jenkins where there is none; others get an error 403. Job/Configure would be
     * too much: nobody has it on the job of a branch.
     */
    public static FieldValidation in(@CheckForNull Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        } else {
            item.checkPermission(Item.EXTENDED_READ);
        }
        return new FieldValidation();
    }

    /** Another field of the top level, which the one to be checked has to suit; ignored while it is wrong itself. */
    public FieldValidation beside(String field, @CheckForNull String value) {
        if (value != null && !value.isBlank() && !hasVariable(value) && violations(field, value).isEmpty()) {
            beside.put(field, value.strip());
        }
        return this;
    }

    /** A field with text that may be left empty. */
    public FormValidation text(String path, @CheckForNull String value) {
        return value == null || value.isBlank() ? FormValidation.ok() : required(path, value);
    }

    /** A field with text that must not be left empty; nobody has done anything wrong before something was typed, so that is no error yet. */
    public FormValidation required(String path, @CheckForNull String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            return FormValidation.respond(FormValidation.Kind.OK, Messages.FieldValidation_Required());
        }
        return hasVariable(text) ? FormValidation.ok() : verdict(violations(path, text));
    }

    /** A field with a list. */
    public FormValidation lines(String path, @CheckForNull String value) {
        if (value == null || value.isBlank()) {
            return FormValidation.ok();
        }
        String field = path.substring(path.lastIndexOf('.') + 1);
        List<String> submitted = FormSubmission.submittedList(field, value);
        if (submitted == null) {
            return FormValidation.ok();
        }
        List<String> values = submitted.stream().filter(line -> !hasVariable(line)).toList();
        Object shape = field.equals("tags") ? KeyValueLines.map(values) : values;
        return values.isEmpty() ? FormValidation.ok() : verdict(violations(path, shape));
    }

    static boolean hasVariable(@CheckForNull String value) {
        return value != null && VARIABLE.matcher(value).find();
    }

    /** Whether a value of the top level is right and within the guardrails. */
    static boolean isAllowed(String field, String value) {
        return new FieldValidation().violations(field, value).isEmpty();
    }

    private List<Violation> violations(String path, @CheckForNull Object value) {
        Map<String, Object> document = soundDocument();
        document.putAll(beside);
        put(document, path, value);
        return checked(document).violations().stream().filter(violation -> violation.field().startsWith(path)).toList();
    }

    /**
     * An otherwise sound request in this Region, with this role, if rules and guardrails allow both.
     *
     * @param region blank for the administrators' default
     * @param role a section, or null
     */
    ParseResult<ProvisionRequest> request(@CheckForNull String region, @CheckForNull Map<String, Object> role) {
        Map<String, Object> document = soundDocument();
        document.put("region", Util.fixEmptyAndTrim(region));
        document.put("role", role);
        ParseResult<ProvisionRequest> parsed = checked(SystemSettings.get().completed(document));
        List<Violation> about = parsed.violations().stream()
                .filter(violation -> violation.field().matches("(?:region|role\\b).*"))
                .toList();
        return about.isEmpty() ? RequestParser.parse(SystemSettings.get().completed(document)) : new ParseResult.Invalid<>(about);
    }

    private static ParseResult<ProvisionRequest> checked(Map<String, Object> document) {
        ParseResult<ProvisionRequest> parsed = RequestParser.parse(document);
        List<Violation> refusals = parsed instanceof ParseResult.Valid<ProvisionRequest> valid
                ? SystemSettings.get().guardrails().check(valid.value())
                : List.of();
        return refusals.isEmpty() ? parsed : new ParseResult.Invalid<>(refusals);
    }

    private static Map<String, Object> soundDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "web");
        document.put("region", "us-east-1");
        document.put("instanceType", "t3.small");
        document.put("containers", List.of(new LinkedHashMap<>(Map.of("image", "nginx", "ports", List.of("80:80")))));
        return document;
    }

    /** The parents of the field get what they need to be sound themselves. */
    private static void put(Map<String, Object> document, String path, @CheckForNull Object value) {
        String field = path.substring(path.lastIndexOf('.') + 1);
        if (path.equals(field)) {
            document.put(field, value);
            return;
        }
        Map<String, Object> section = new LinkedHashMap<>();
        String parent = path.substring(0, path.lastIndexOf('.'));
        switch (parent) {
            case "role" -> section.put("arn", "arn:aws:iam::123456789012:role/deployer");
            case "health" -> {
                String port = field.equals("port") && value != null ? value.toString() : "80";
                section.put("port", "80");
                container(document).put("ports", List.of(port + ":80"));
            }
            case "schedule" -> section.putAll(Map.of("start", "0 8 * * *", "stop", "0 18 * * *", "zone", "UTC"));
            case "containers[0].healthcheck" -> section.put("test", List.of("NONE"));
            default -> {}
        }
        section.put(field, value);
        switch (parent) {
            case "containers[0]" -> container(document).putAll(section);
            case "containers[0].healthcheck" -> container(document).put("healthcheck", section);
            default -> document.put(parent, section);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> container(Map<String, Object> document) {
        return ((List<Map<String, Object>>) document.get("containers")).get(0);
    }

    static FormValidation verdict(List<Violation> violations) {
        return violations.isEmpty()
                ? FormValidation.ok()
                : FormValidation.error(violations.stream().limit(5).map(FieldValidation::sentence).collect(Collectors.joining(" ")));
    }

    /** Names the field without the sections around it, which the person at the form sees. */
    private static String sentence(Violation violation) {
        String field = violation.field().substring(violation.field().lastIndexOf('.') + 1);
        return new Violation(field, violation.value(), violation.message()).toString();
    }
}
