package io.jenkins.plugins.ec2docker.blueprint.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every blueprint is given beside what a request says.
 *
 * @param maxRetries how often the AWS provider repeats a call that AWS throttles or fails
 * @param permissionsBoundary ARN of the policy that bounds every role; null for none
 */
public record BlueprintSettings(int maxRetries, @CheckForNull String permissionsBoundary) {

    /** The AWS provider's own default, see its argument {@code max_retries}. */
    public static final int DEFAULT_MAX_RETRIES = 25;

    /** What holds where administrators have set nothing. */
    public static final BlueprintSettings DEFAULT = new BlueprintSettings(DEFAULT_MAX_RETRIES, null);

    /** By the names that the blueprints have for them. */
    public Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("permissions_boundary", permissionsBoundary);
        variables.put("max_retries", maxRetries);
        return variables;
    }
}
