package io.jenkins.plugins.ec2docker.provisioning;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every blueprint is given beside what a request says.
 *
 * @param maxRetries how often the AWS provider repeats a call that AWS throttles or fails
 * @param permissionsBoundary ARN of the policy that bounds every role; null for none
 */
record BlueprintSettings(int maxRetries, String permissionsBoundary) {

    /** Where nobody has decided anything. */
    static final BlueprintSettings DEFAULT = new BlueprintSettings(RunSettings.DEFAULT_MAX_RETRIES, null);

    static BlueprintSettings of(RunSettings settings) {
        return new BlueprintSettings(settings.maxRetries(), settings.guardrails().permissionsBoundary());
    }

    /** By the names that the blueprints have for them. */
    Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("permissions_boundary", permissionsBoundary);
        variables.put("max_retries", maxRetries);
        return variables;
    }
}
