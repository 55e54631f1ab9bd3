package io.jenkins.plugins.ec2docker.run.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** The resources of a state, asked for by ARNs; not every resource has one in its state. */
final class StateArns {
    private final Set<String> arns = new HashSet<>();
    private final Set<String> ids = new HashSet<>();

    /** All that Terraform manages in a state. */
    static StateArns of(JsonNode state) {
        StateArns known = new StateArns();
        for (JsonNode resource : state.path("resources")) {
            if (resource.path("mode").asText().equals("managed")) {
                resource.path("instances").forEach(known::add);
            }
        }
        return known;
    }

    /** @param instance of a state's resource */
    StateArns add(JsonNode instance) {
        arns.add(instance.path("attributes").path("arn").asText());
        ids.add(instance.path("attributes").path("id").asText());
        return this;
    }

    /** By its ARN, with which CloudWatch Logs ends in {@code :*} in one place and not in the other; or by the id that stands last in it. */
    boolean knows(String arn) {
        String plain = arn.replaceFirst(":\\*$", "");
        return arns.contains(arn) || arns.contains(plain) || arns.contains(plain + ":*") || ids.contains(arn)
                || ids.contains(arn.replaceFirst(".*[:/]", "")) || ids.contains(plain.replaceFirst(".*:log-group:", ""));
    }
}
