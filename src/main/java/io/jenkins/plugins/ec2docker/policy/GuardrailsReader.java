package io.jenkins.plugins.ec2docker.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.document.ReadMode;
import io.jenkins.plugins.ec2docker.request.schema.CidrListField;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads guardrails from a document, with the reader of requests. What could never match anything is a problem: a misspelt entry would
 * otherwise be found out by the users who are refused.
 */
final class GuardrailsReader {
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Predicate<String> TYPE = Pattern.compile("[a-z0-9*?-]+\\.[a-z0-9*?-]+|\\*{1,2}").asMatchPredicate();
    private static final Predicate<String> IMAGE = Pattern.compile("[A-Za-z0-9*?._:/@\\[\\]+-]{1,500}").asMatchPredicate();
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,576}");
    private static final Pattern GLOB = Pattern.compile("[\\x21-\\x7e&&[^*?]]*[*?][\\x21-\\x7e]{0,600}");

    private static final Predicate<String> COST = Pattern.compile("(?!0+(\\.0+)?$)[0-9]{1,9}(\\.[0-9]{1,2})?").asMatchPredicate();
    /** A customer's policy or one of AWS's (IAM user guide, "IAM identifiers"). */
    private static final Predicate<String> BOUNDARY =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]{1,512}").asMatchPredicate();

    private GuardrailsReader() {}

    static ParseResult<Guardrails> read(Map<String, ?> document) {
        ViolationCollector problems = new ViolationCollector();
        DocumentSection fields = DocumentSection.root(document, problems, ReadMode.STRICT,
                "regions", "instanceTypes", "images", "roleArns", "ingressCidrs", "maxLifetime", "defaultLifetime", "maxMonthlyCost",
                "permissionsBoundary");
        Guardrails.Builder allowed = Guardrails.builder()
                .regions(texts(fields.get("regions"), AwsNamePatterns.REGION,
                        "must be the code of an AWS Region; for example eu-central-1."))
                .instanceTypes(texts(fields.get("instanceTypes"), TYPE,
                        "must be a pattern of instance types, family and size; for example t3.* or m7g.large."))
                .images(texts(fields.get("images"), IMAGE, "must be a pattern of image names; for example nginx:* or ghcr.io/acme/**."))
                .roleArns(texts(fields.get("roleArns"), GuardrailsReader::isRolePattern,
                        "must be a pattern of role ARNs; for example arn:aws:iam::123456789012:role/deploy-*."))
                .ingressCidrs(CidrListField.read(fields.get("ingressCidrs")));
        Duration longest = fields.get("maxLifetime").duration(SHORTEST, LONGEST);
        DocumentNode usual = fields.get("defaultLifetime");
        Duration lifetime = usual.duration(SHORTEST, LONGEST);
        if (longest != null && lifetime != null && lifetime.compareTo(longest) > 0) {
            usual.refuse("is longer than maxLifetime, " + DurationFormat.format(longest) + "; lower it, or raise maxLifetime.");
        }
        allowed.maxLifetime(longest).defaultLifetime(lifetime)
                .maxMonthlyCost(cost(fields.get("maxMonthlyCost")))
                .permissionsBoundary(fields.get("permissionsBoundary").text(BOUNDARY,
                        "must be the ARN of an IAM policy; for example arn:aws:iam::123456789012:policy/boundary."));
        return problems.isEmpty() ? new ParseResult.Valid<>(allowed.build()) : new ParseResult.Invalid<>(problems.list());
    }

    /** USD with cents, as a number or a text. */
    @CheckForNull
    private static BigDecimal cost(DocumentNode node) {
        String text = node.isAbsent() ? null : node.text(COST, "must be an amount in USD a month above zero; for example 500 or 99.50.");
        return text == null ? null : new BigDecimal(text);
    }

    private static List<String> texts(DocumentNode list, Predicate<String> rule, String message) {
        List<String> texts = new ArrayList<>();
        for (DocumentNode item : list.items()) {
            String text = item.isAbsent() ? item.refuse("is empty; give a value or remove the line.") : item.text(rule, message);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A role's ARN, or a glob whose beginning some role's ARN has: a pattern that no role can have would refuse all of them. */
    private static boolean isRolePattern(String text) {
        if (ROLE.matcher(text).matches()) {
            return true;
        }
        if (!GLOB.matcher(text).matches()) {
            return false;
        }
        Matcher beginning = ROLE.matcher(text.substring(0, text.replace('?', '*').indexOf('*')));
        return beginning.matches() || beginning.hitEnd();
    }
}
