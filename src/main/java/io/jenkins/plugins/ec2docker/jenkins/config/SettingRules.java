package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.DisplayText;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * The rules of each setting, asked by the form while someone types, when it is saved, by JCasC and when the file is loaded. What the
 * engine also reads (regions, tags, addresses, guardrails) is judged by the engine's own parsers.
 *
 * <p>Every answer is a list of sentences, empty where all is well.
 */
final class SettingRules {

    static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);
    static final Duration LONGEST_GRACE = Duration.ofHours(24);
    /** The provider waits longer before each try; beyond this a single call takes hours. */
    static final int MOST_RETRIES = 100;
    /** Each run keeps a Terraform and a provider process of some 750 MB on its agent. */
    static final int MOST_RUNS = 10_000;

    /** A run's record takes some 100 kB. */
    static final int MOST_KEPT_RUNS = 10_000;
    /** A hundred years. */
    static final int MOST_KEPT_DAYS = 36_500;

    private static final String GUARDRAILS = "guardrails";
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]$");

    private SettingRules() {}

    /** The label of a setting's field in the form. */
    static String label(String field) {
        return ResourceBundleHolder.get(Messages.class).format("Label." + field);
    }

    /** All guardrails, with their labels. */
    static List<String> guardrails(Map<String, Object> fields) {
        return guardrails(fields, SettingRules::label);
    }

    private static List<String> guardrails(Map<String, Object> fields, UnaryOperator<String> naming) {
        return Guardrails.read(fields).violations().stream().map(violation -> byEntry(violation, naming)).toList();
    }

    static void insistOnGuardrails(Map<String, Object> fields) {
        List<String> sentences = guardrails(fields, UnaryOperator.identity());
        if (!sentences.isEmpty()) {
            throw new InvalidSettingException(
                    GUARDRAILS, Messages.Rules_Refused(GUARDRAILS, String.join("\n", sentences)), String.join("\n", guardrails(fields)));
        }
    }

    /** One list of the guardrails alone, as it stands in a text area. */
    static List<String> guardrailList(String field, @CheckForNull String text) {
        Lines lines = Lines.of(text);
        return byLine(Guardrails.read(Map.of(field, lines.entries())).violations(), lines);
    }

    /** A guardrail that is one text. */
    static List<String> guardrail(String field, @CheckForNull String text) {
        return blank(text) ? List.of() : said(Guardrails.read(Map.of(field, text.strip())).violations(), field);
    }

    /** The two lifetimes, as they also have to go together. */
    static List<String> lifetime(String field, @CheckForNull String maximum, @CheckForNull String standard) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, GuardrailsConfig.MAX_LIFETIME, maximum);
        put(fields, GuardrailsConfig.DEFAULT_LIFETIME, standard);
        return said(Guardrails.read(fields).violations(), field);
    }

    static List<String> region(@CheckForNull String region) {
        return blank(region) ? List.of() : said(ofRequest("region", region.strip()), "region");
    }

    /** {@code key=value} lines. */
    static List<String> tags(Lines lines) {
        Map<String, String> tags = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.entries().size(); i++) {
            String line = lines.entries().get(i);
            int at = line.indexOf('=');
            String key = at < 0 ? line : line.substring(0, at).strip();
            if (at < 0) {
                problems.add(Messages.Rules_Line(lines.numbers().get(i), DisplayText.shorten(line), Messages.Rules_Tag()));
            } else if (tags.putIfAbsent(key, line.substring(at + 1).strip()) != null) {
                problems.add(Messages.Rules_Line(lines.numbers().get(i), DisplayText.shorten(line),
                        Messages.Rules_TagTwice(DisplayText.shorten(key))));
            }
        }
        ofRequest("tags", tags).stream().map(Violation::toString).forEach(problems::add);
        return problems;
    }

    static List<String> addresses(Lines lines) {
        return byLine(ofRequest("requester", lines.entries()), lines);
    }

    static List<String> address(@CheckForNull String address) {
        return blank(address) ? List.of() : said(ofRequest("requester", address.strip()), "requester");
    }

    static List<String> path(@CheckForNull String path) {
        boolean good = blank(path) || path.strip().startsWith("/") && path.chars().noneMatch(Character::isISOControl);
        return good ? List.of() : List.of(Messages.Rules_Path(DisplayText.shorten(path)));
    }

    static List<String> endpoint(@CheckForNull String endpoint) {
        if (blank(endpoint)) {
            return List.of();
        }
        try {
            AwsSettings.of("us-east-1", Map.of("AWS_ENDPOINT_URL", endpoint.strip()));
            return URI.create(endpoint.strip()).getUserInfo() == null ? List.of() : List.of(Messages.Rules_EndpointWithPassword());
        } catch (IllegalArgumentException e) {
            return List.of(Messages.Rules_Endpoint(DisplayText.shorten(endpoint)));
        }
    }

    static List<String> stateBackend(@CheckForNull String where) {
        try {
            if (!blank(where)) {
                S3BackendSetting.parse(where);
            }
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    static List<String> abortGrace(@CheckForNull String text) {
        boolean good = DurationFormat.parse(text == null ? "" : text.strip())
                .filter(grace -> grace.compareTo(SHORTEST_GRACE) >= 0 && grace.compareTo(LONGEST_GRACE) <= 0)
                .isPresent();
        return good
                ? List.of()
                : List.of(Messages.Rules_Duration(
                        DisplayText.shorten(text == null ? "" : text), DurationFormat.format(SHORTEST_GRACE),
                        DurationFormat.format(LONGEST_GRACE)));
    }

    static List<String> number(@CheckForNull String text, int lowest, int highest) {
        String number = text == null ? "" : text.strip();
        boolean good = number.matches("[0-9]{1,9}") && Integer.parseInt(number) >= lowest && Integer.parseInt(number) <= highest;
        return good ? List.of() : List.of(Messages.Rules_Number(DisplayText.shorten(number), lowest, highest));
    }

    /** Throws where the number that a form has sent is none: it would be no setter's. */
    static void insistOnNumber(JSONObject form, String field, int lowest, int highest) {
        if (form.has(field)) {
            insist(field, number(form.getString(field), lowest, highest));
        }
    }

    /** Throws where a list of sentences is not empty. */
    static void insist(String field, List<String> sentences) {
        if (!sentences.isEmpty()) {
            String all = String.join("\n", sentences);
            throw new InvalidSettingException(field, Messages.Rules_Refused(field, all), all);
        }
    }

    private static List<Violation> ofRequest(String field, Object value) {
        return RequestParser.parse(Map.of(field, value)).violations().stream()
                .filter(violation -> violation.field().equals(field)
                        || violation.field().startsWith(field + "[")
                        || violation.field().startsWith(field + "."))
                .toList();
    }

    private static List<String> said(List<Violation> violations, String field) {
        return violations.stream()
                .filter(violation -> violation.field().startsWith(field))
                .map(violation -> Messages.Rules_Value(violation.value(), violation.message()))
                .toList();
    }

    private static List<String> byLine(List<Violation> violations, Lines lines) {
        return violations.stream().flatMap(violation -> {
            Matcher index = INDEX.matcher(violation.field());
            return Stream.of(index.find()
                    ? Messages.Rules_Line(lines.numbers().get(Integer.parseInt(index.group(1))), violation.value(), violation.message())
                    : violation.toString());
        })
                .toList();
    }

    private static String byEntry(Violation violation, UnaryOperator<String> naming) {
        Matcher index = INDEX.matcher(violation.field());
        return index.find()
                ? Messages.Rules_Entry(
                        naming.apply(violation.field().substring(0, index.start())),
                        Integer.parseInt(index.group(1)) + 1,
                        violation.value(),
                        violation.message())
                : new Violation(naming.apply(violation.field()), violation.value(), violation.message()).toString();
    }

    private static void put(Map<String, Object> fields, String field, @CheckForNull String value) {
        if (!blank(value)) {
            fields.put(field, value.strip());
        }
    }

    private static boolean blank(@CheckForNull String text) {
        return text == null || text.isBlank();
    }
}
