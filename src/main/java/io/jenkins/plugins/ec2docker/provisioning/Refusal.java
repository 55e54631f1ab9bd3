package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.request.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** How a refusal by the guardrails is put to people. */
final class Refusal {

    private Refusal() {}

    static String sentence(List<Violation> refusals) {
        String what = refusals.stream().map(Violation::toString).collect(Collectors.joining("; "));
        return "Refused by the guardrails: " + what;
    }
}
