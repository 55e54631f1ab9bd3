package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A diagnostic in a person's terms: first a sentence with what failed, where and why, then Terraform's details indented. */
final class DiagnosticText {
    private static final int LONGEST_LINE = 400;
    private static final int MOST_LINES = 12;

    /**
     * An AWS error as the AWS SDK for Go puts it: {@code WHAT: operation error SERVICE: OPERATION, [attempts,] [https response error …,] WHY}.
     * Every {@code [^…]} stops at the next separator, so that matching stays linear in the text's length.
     */
    private static final Pattern OPERATION = Pattern.compile("operation error (?<service>[^:]{1,80}): (?<operation>\\w{1,80}), "
            + "(?:exceeded maximum number of attempts, (?<attempts>\\d{1,6}), )?"
            + "(?:https? response error StatusCode: \\d{1,6}, (?:RequestID: [^,]{0,200}, )?(?:HostID: [^,]{0,200}, )?)?(?<why>.*)",
            Pattern.DOTALL);

    private static final Pattern ERROR_CODE =
            Pattern.compile("(?:api error )?(?<code>[A-Za-z][A-Za-z0-9.]{2,80}): (?<message>.*)", Pattern.DOTALL);
    private static final Pattern NOT_SENT =
            Pattern.compile("request send failed, \\w{1,10} \"(?<url>[^\"]{1,500})\": (?<message>.*)", Pattern.DOTALL);
    /** What is of use to AWS's support alone, or to nobody without another call (the encoded message). */
    private static final Pattern NOISE =
            Pattern.compile(
                    "[,;]? ?\\(?\\b[Rr]equest ?(?:ID|Id|id): [\\w-]{0,200}\\)?,?| ?Encoded authorization failure message: [\\w-]{1,20000}\\.?");

    private static final Pattern PROVIDER = Pattern.compile("provider\\[\"registry\\.terraform\\.io/([^\"]{1,200})\"]");

    private DiagnosticText() {}

    /** Null for one that says nothing that others do not say. */
    @CheckForNull
    static String of(Event.Diagnostic diagnostic) {
        // One comes for each resource that an interrupt kept from being begun.
        if (diagnostic.summary().equals("execution halted") && diagnostic.detail().isEmpty()) {
            return null;
        }
        List<String> summary = new ArrayList<>(lines(diagnostic.summary()));
        List<String> details = new ArrayList<>(lines(diagnostic.detail()));
        // Some of the provider's resources say in the summary what they tried, and in the detail what AWS said.
        if (summary.size() == 1 && !details.isEmpty() && OPERATION.matcher(details.get(0)).lookingAt()) {
            summary.set(0, summary.get(0) + ": " + details.remove(0));
        }
        StringBuilder text = new StringBuilder(diagnostic.severity() == Event.Severity.ERROR ? "Error: " : "Warning: ");
        String address = diagnostic.address();
        if (address != null) {
            text.append(EventText.safe(where(address), 120)).append(": ");
        }
        text.append(EventText.safe(sentence(summary.isEmpty() ? "no reason given" : summary.remove(0)), LONGEST_LINE));
        details.addAll(0, summary);
        for (String line : details.subList(0, Math.min(MOST_LINES, details.size()))) {
            text.append("\n    ").append(EventText.safe(NOISE.matcher(line).replaceAll(""), LONGEST_LINE));
        }
        if (details.size() > MOST_LINES) {
            text.append("\n    (").append(details.size() - MOST_LINES).append(" more lines)");
        }
        String file = diagnostic.file();
        if (address == null && file != null) {
            text.append("\n    at ").append(EventText.safe(file, 120)).append(", line ").append(diagnostic.line());
        }
        return text.toString();
    }

    /** Such as {@code creating EC2 Instance failed: The keypair 'x' does not exist (EC2 RunInstances: InvalidKeyPair.NotFound)}. */
    private static String sentence(String summary) {
        return NOISE.matcher(takenApart(summary)).replaceAll("").strip();
    }

    private static String takenApart(String summary) {
        Matcher aws = OPERATION.matcher(summary);
        if (!aws.find()) {
            return summary;
        }
        String what = summary.substring(0, aws.start()).strip();
        String why = aws.group("why");
        String call = aws.group("service") + " " + aws.group("operation");
        Matcher notSent = NOT_SENT.matcher(why);
        Matcher code = ERROR_CODE.matcher(why);
        if (notSent.lookingAt()) {
            why = "no answer from " + notSent.group("url") + ", " + notSent.group("message");
        } else if (code.matches()) {
            why = code.group("message");
            call += ": " + code.group("code");
        }
        if (aws.group("attempts") != null && !aws.group("attempts").equals("1")) {
            call += ", tried " + aws.group("attempts") + " times";
        }
        return (what.isEmpty() ? "" : last(what) + " failed: ") + why.strip().replaceFirst("\\.$", "") + " (" + call + ")";
    }

    /** The provider names each layer it went through; the innermost says what was tried. */
    private static String last(String what) {
        String[] layers = what.replaceFirst(":$", "").split(": ");
        return layers[layers.length - 1];
    }

    private static String where(String address) {
        Matcher provider = PROVIDER.matcher(address);
        return provider.lookingAt() ? "provider " + provider.group(1) : address;
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::stripTrailing).filter(line -> !line.isBlank()).toList();
    }
}
