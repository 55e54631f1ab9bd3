package io.jenkins.plugins.ec2docker.policy.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;

/** Who may assume a role: services of AWS and nobody else, whatever else the policy says. */
final class TrustPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In China ec2.amazonaws.com.cn. */
    private static final Pattern EC2 = Pattern.compile("ec2\\.amazonaws\\.com(\\.[a-z]+)*");

    private TrustPolicy() {}

    /** False as well for text that is no policy, or is not known yet. */
    static boolean trustsEc2Alone(String policy) {
        return trustsAlone(policy, EC2);
    }

    /** The same of other services. */
    static boolean trustsAlone(String policy, Pattern services) {
        try {
            JsonNode statements = JSON.readTree(policy).path("Statement");
            Iterable<JsonNode> all = statements.isArray() ? statements : List.of(statements);
            for (JsonNode statement : all) {
                JsonNode principal = statement.path("Principal");
                if (principal.size() != 1 || !services.matcher(principal.path("Service").asText("")).matches()) {
                    return false;
                }
            }
            return statements.size() > 0;
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
