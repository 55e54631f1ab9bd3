package io.jenkins.plugins.ec2docker.terraform.documents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What hangs on a deployment's own resources in AWS without being the deployment's: rules that somebody added to its security group,
 * policies attached to its role. A plan would never touch them, so it does not show them as changes.
 */
final class UnmanagedAttachments {
    private final Map<String, Map<String, Set<String>>> real = new LinkedHashMap<>();
    private final Set<String> managed = new HashSet<>();

    /** @param resource one entry of {@code resource_changes}; all of them are to be shown here */
    void look(JsonNode resource) {
        String address = resource.path("address").asText();
        JsonNode before = resource.path("change").path("before");
        JsonNode after = resource.path("change").path("after");
        switch (resource.path("type").asText()) {
            case "aws_security_group" -> {
                rules(address, "ingress", before.path("ingress"));
                rules(address, "egress", before.path("egress"));
            }
            case "aws_vpc_security_group_ingress_rule" -> managed.add(rule("ingress", after));
            case "aws_vpc_security_group_egress_rule" -> managed.add(rule("egress", after));
            case "aws_iam_role" -> {
                before.path("managed_policy_arns").forEach(arn -> add(address, "managed_policy_arns", arn.asText()));
                before.path("inline_policy").forEach(policy -> add(address, "inline_policy", policy.path("name").asText()));
            }
            case "aws_iam_role_policy" -> managed.add("inline_policy " + after.path("name").asText());
            case "aws_iam_role_policy_attachment" -> managed.add("managed_policy_arns " + after.path("policy_arn").asText());
            default -> {}
        }
    }

    List<DriftedAttribute> found() {
        List<DriftedAttribute> found = new ArrayList<>();
        real.forEach((address, attributes) -> attributes.forEach((attribute, values) -> values.stream()
                .filter(value -> !value.isEmpty() && !managed.contains(attribute + " " + value))
                .forEach(value -> found.add(new DriftedAttribute(address, attribute, DriftedAttribute.NOTHING, value)))));
        return found;
    }

    private void rules(String address, String direction, JsonNode blocks) {
        for (JsonNode block : blocks) {
            List<String> peers = new ArrayList<>();
            for (String kind : List.of("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")) {
                block.path(kind).forEach(peer -> peers.add(peer.asText()));
            }
            if (block.path("self").asBoolean()) {
                peers.add("itself");
            }
            peers.forEach(peer -> add(address, direction, rule(block.path("protocol").asText(),
                    block.path("from_port").asInt(0), block.path("to_port").asInt(0), peer)));
        }
    }

    private void add(String address, String attribute, String value) {
        real.computeIfAbsent(address, key -> new LinkedHashMap<>()).computeIfAbsent(attribute, key -> new TreeSet<>()).add(value);
    }

    private static String rule(String direction, JsonNode rule) {
        String peer = "";
        for (String kind : List.of("cidr_ipv4", "cidr_ipv6", "referenced_security_group_id", "prefix_list_id")) {
            peer = peer.isEmpty() ? rule.path(kind).asText("") : peer;
        }
        return direction + " "
                + rule(rule.path("ip_protocol").asText(), rule.path("from_port").asInt(0), rule.path("to_port").asInt(0), peer);
    }

    /** As in {@code tcp/80, 0.0.0.0/0}; AWS knows no ports where it is every protocol. */
    private static String rule(String protocol, int from, int to, String peer) {
        return protocol.equals("-1") ? "everything, " + peer : protocol + "/" + from + (from == to ? "" : "-" + to) + ", " + peer;
    }
}
