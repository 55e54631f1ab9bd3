package io.jenkins.plugins.ec2docker.policy;

import io.jenkins.plugins.ec2docker.request.CidrList;
import io.jenkins.plugins.ec2docker.request.DurationText;
import io.jenkins.plugins.ec2docker.request.Fields;
import io.jenkins.plugins.ec2docker.request.Node;
import io.jenkins.plugins.ec2docker.request.Parsed;
import io.jenkins.plugins.ec2docker.request.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads guardrails from a document, with the reader of requests. */
final class GuardrailsDocument {

    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(365);

    private GuardrailsDocument() {}

    static Parsed<Guardrails> read(Map<String, ?> document) {
        Problems problems = new Problems();
        Fields fields = Node.root(document, problems).fields(
                "regions", "instanceTypes", "images", "roleArns", "ingressCidrs", "maxLifetime", "defaultLifetime");
        Duration longest = fields.get("maxLifetime").duration(SHORTEST, LONGEST);
        Node usual = fields.get("defaultLifetime");
        Duration lifetime = usual.duration(SHORTEST, LONGEST);
        if (longest != null && lifetime != null && lifetime.compareTo(longest) > 0) {
            usual.refuse("is longer than maxLifetime, " + DurationText.format(longest) + "; lower it or raise maxLifetime.");
        }
        Guardrails guardrails = new Guardrails(
                patterns(fields.get("regions")),
                patterns(fields.get("instanceTypes")),
                patterns(fields.get("images")),
                patterns(fields.get("roleArns")),
                networks(fields.get("ingressCidrs")),
                longest,
                lifetime);
        return problems.isEmpty() ? new Parsed.Valid<>(guardrails) : new Parsed.Invalid<>(problems.list());
    }

    private static List<String> patterns(Node list) {
        return list.isAbsent() ? List.of() : list.items().stream().map(Node::text).filter(Objects::nonNull).toList();
    }

    private static List<String> networks(Node list) {
        return list.isAbsent() ? List.of() : CidrList.read(list);
    }
}
