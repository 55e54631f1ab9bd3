package io.jenkins.plugins.ec2docker.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Who may assume the instance's role: EC2 and nobody else, whatever else the policy says. */
final class TrustPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrustPolicy() {}

    /** False as well for text that is no policy, or is not known yet. */
    static boolean trustsEc2Alone(String policy) {
        try {
            JsonNode statements = JSON.readTree(policy).path("Statement");
            Iterable<JsonNode> all = statements.isArray() ? statements : List.of(statements);
            for (JsonNode statement : all) {
                JsonNode principal = statement.path("Principal");
                // ec2.amazonaws.com, and ec2.amazonaws.com.cn in China.
                if (principal.size() != 1 || !principal.path("Service").asText("").matches("ec2\\.amazonaws\\.com(\\.[a-z]+)*")) {
                    return false;
                }
            }
            return statements.size() > 0;
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
