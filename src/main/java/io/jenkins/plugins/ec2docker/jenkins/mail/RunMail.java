package io.jenkins.plugins.ec2docker.jenkins.mail;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.ec2docker.request.values.DisplayText;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mail, about a run mostly, ready to be sent. Names and messages may come from anywhere: each is put on one line with its control characters
 * written out ({@link DisplayText}), so that none of them can end a header and begin another.
 *
 * @param subject one line
 * @param text lines ended by LF
 * @param html the same, for those who prefer it; nothing is loaded from anywhere
 */
record RunMail(List<String> to, String subject, String text, String html) {

    /** RFC 5322, 2.1.1 recommends lines of 78 characters; encoded and folded, this is a handful. */
    static final int LONGEST_SUBJECT = 200;
    /** A result's message is one or two sentences; an error of AWS in it may be longer. */
    private static final int LONGEST_MESSAGE = 4_000;

    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static RunMail of(EndedRun run, List<String> to) {
        String build = line(run.origin().job() + (run.origin().build() == 0 ? "" : " #" + run.origin().build()), LONGEST_SUBJECT);
        String head = head(run, line(run.deployment(), LONGEST_SUBJECT));
        List<String> message = run.result().message().lines().map(text -> line(text, LONGEST_MESSAGE)).toList();
        Map<String, String> facts = facts(run, build);
        return of(to, Messages.Mail_Subject(head, build), head, message, facts);
    }

    /**
     * @param subject is put on one line; all else is to be
     * @param facts label and value, in order
     */
    static RunMail of(List<String> to, String subject, String head, List<String> message, Map<String, String> facts) {
        return new RunMail(List.copyOf(to), line(subject, LONGEST_SUBJECT), text(head, message, facts), html(head, message, facts));
    }

    private static String head(EndedRun run, String deployment) {
        boolean destruction = run.purpose() == Purpose.DESTROY;
        return switch (run.result().status()) {
            case SUCCEEDED -> destruction ? Messages.Mail_Destroyed(deployment) : Messages.Mail_Running(deployment);
            case FAILED -> destruction ? Messages.Mail_NotDestroyed(deployment) : Messages.Mail_Failed(deployment);
            case REFUSED -> Messages.Mail_Refused(deployment);
            case INTERRUPTED -> Messages.Mail_Interrupted(deployment);
        };
    }

    private static Map<String, String> facts(EndedRun run, String build) {
        Map<String, String> facts = new LinkedHashMap<>();
        run.outputs().forEach((name, value) -> facts.put(label(name), line(value, LONGEST_SUBJECT)));
        if (run.result().leftovers() && !run.result().succeeded()) {
            facts.put(Messages.Mail_Label_Left(), Messages.Mail_Left());
        }
        if (run.expires() != null) {
            facts.put(Messages.Mail_Label_Expires(), TIME.format(run.expires()));
        }
        facts.put(Messages.Mail_Label_Region(), line(run.region(), LONGEST_SUBJECT));
        facts.put(Messages.Mail_Label_By(), line(run.origin().by(), LONGEST_SUBJECT));
        facts.put(Messages.Mail_Label_Build(),
                Optional.ofNullable(run.origin().link()).map(link -> line(link, LONGEST_MESSAGE)).orElse(build));
        return facts;
    }

    private static String label(String output) {
        return switch (output) {
            case "url" -> Messages.Mail_Label_Url();
            case "public_dns" -> Messages.Mail_Label_PublicName();
            case "public_ip" -> Messages.Mail_Label_PublicAddress();
            case "private_ip" -> Messages.Mail_Label_PrivateAddress();
            case "instance_id" -> Messages.Mail_Label_Instance();
            default -> output;
        };
    }

    private static String text(String head, List<String> message, Map<String, String> facts) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        StringBuilder text = new StringBuilder(head).append("\n\n");
        message.forEach(line -> text.append(line).append('\n'));
        text.append(message.isEmpty() ? "" : "\n");
        facts.forEach((label, value) -> text.append((label + ":" + " ".repeat(width)), 0, width).append(value).append('\n'));
        return text.append("\n-- \n").append(Messages.Mail_Signature()).append('\n').toString();
    }

    private static String html(String head, List<String> message, Map<String, String> facts) {
        String rows = facts.entrySet().stream()
                .map(fact -> "<tr><th align=\"left\" style=\"padding-right:1em\">" + escape(fact.getKey()) + "</th><td>"
                        + cell(fact.getValue())
                        + "</td></tr>\n")
                .collect(Collectors.joining());
        String lines = message.stream().map(line -> "<p>" + escape(line) + "</p>\n").collect(Collectors.joining());
        return "<!DOCTYPE html>\n<html><body>\n<h3>" + escape(head) + "</h3>\n" + lines + "<table>\n" + rows + "</table>\n<p><small>"
                + escape(Messages.Mail_Signature()) + "</small></p>\n</body></html>\n";
    }

    private static String cell(String value) {
        String shown = escape(value);
        return value.matches("https?://[^\\s\"'<>]+") ? "<a href=\"" + shown + "\">" + shown + "</a>" : shown;
    }

    private static String escape(String text) {
        return Util.xmlEscape(text).replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** The text on one line, with no control characters. */
    static String line(@CheckForNull String text, int longest) {
        String known = text == null ? "" : text;
        boolean fits = known.codePointCount(0, known.length()) <= longest;
        return DisplayText.escape(fits ? known : known.substring(0, known.offsetByCodePoints(0, longest - 1)) + "…");
    }
}
