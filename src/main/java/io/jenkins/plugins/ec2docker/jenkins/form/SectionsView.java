package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.ec2docker.request.parse.RequestForm;
import io.jenkins.plugins.ec2docker.request.schema.FieldForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a blueprint's sections for the view {@code fields.jelly}, which shows a section as a form within the form. They have no value
 * here: {@code sections.js} takes it from the text of field {@code sections} and writes it there, so that this text stays the one value.
 */
public final class SectionsView {
    private static final Pattern WORD = Pattern.compile("(?=[A-Z])(?<=[a-z])");

    /** As people write them. */
    private static final Map<String, String> WRITTEN = Map.ofEntries(Map.entry("arn", "ARN"), Map.entry("arns", "ARNs"),
            Map.entry("az", "AZ"),
            Map.entry("cidr", "CIDR"), Map.entry("cidrs", "CIDRs"), Map.entry("cpu", "CPU"), Map.entry("http", "HTTP"),
            Map.entry("https", "HTTPS"),
            Map.entry("id", "id"), Map.entry("ids", "ids"), Map.entry("lambda", "Lambda"), Map.entry("nat", "NAT"), Map.entry("ssh", "SSH"),
            Map.entry("waf", "WAF"));

    private final List<FieldForm> fields;
    private final boolean parameters;

    private SectionsView(List<FieldForm> fields, boolean parameters) {
        this.fields = fields;
        this.parameters = parameters;
    }

    /** @param parameters whether a field may hold a parameter of the build, which a box for numbers or choices could not show */
    static SectionsView of(@CheckForNull String blueprint, boolean parameters) {
        return new SectionsView(RequestForm.of(Util.fixNull(blueprint).strip()), parameters);
    }

    public List<FieldForm> getFields() {
        return fields;
    }

    public boolean isParameters() {
        return parameters;
    }

    /** The form within the form. */
    public SectionsView within(FieldForm section) {
        return new SectionsView(section.fields(), parameters);
    }

    /** As {@code Health check} of {@code loadBalancer.healthCheck}. */
    public String title(FieldForm field) {
        String name = field.path().substring(field.path().lastIndexOf('.') + 1).replace("GiB", "Size");
        String words = WORD.splitAsStream(name.replaceFirst("(size|Size)Size$", "Size"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> WRITTEN.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        // A name such as graceSeconds has it already.
        boolean told = field.range().unit().isEmpty() || title.matches(".*(seconds|days|minutes|percentage)");
        return told ? title : title + " (" + field.range().unit() + ")";
    }

    /** The choices of a field, those of a flag among them; none where anything may be typed. */
    public List<String> choices(FieldForm field) {
        return field.kind() == FieldForm.Kind.FLAG ? List.of("true", "false") : field.choices();
    }
}
