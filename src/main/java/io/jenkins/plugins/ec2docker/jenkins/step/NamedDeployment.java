package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.AbortException;
import io.jenkins.plugins.ec2docker.request.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** The arguments of a step that works on a deployment of the job: its name, or the map that {@code provisionEc2Docker} returned. */
record NamedDeployment(String name, Map<String, String> others) {

    /**
     * @param arguments as a Jenkinsfile has them
     * @param function of the step, for messages
     * @param known names of its further parameters
     */
    static NamedDeployment of(Map<String, Object> arguments, String function, List<String> known) throws AbortException {
        Map<String, Object> plain = Arguments.plain(arguments);
        Object anonymous = plain.remove(UninstantiatedDescribable.ANONYMOUS_KEY);
        Object name = plain.remove("name");
        Object deployment = plain.remove("deployment");
        Map<String, String> others = new LinkedHashMap<>();
        for (String each : known) {
            Object value = plain.remove(each);
            others.put(each, value == null ? null : value.toString());
        }
        // function(web) with the returned map looks to Groovy like named arguments.
        if (!plain.isEmpty() && !plain.containsKey("deploymentId")) {
            throw new AbortException(new Violation(plain.keySet().iterator().next(), "",
                    "is not a known parameter; known here: deployment, name, " + String.join(", ", known) + ".").toString());
        }
        Object given = deployment != null ? deployment : name != null ? name : anonymous;
        if (given instanceof Map<?, ?> returned) {
            given = returned.get("deployment");
        }
        if (!(given instanceof String text) || text.isBlank()) {
            throw new AbortException(new Violation("deployment", "", "is required; give a deployment's name, or what provisionEc2Docker"
                    + " returned: " + function + "(deployment: 'web').").toString());
        }
        return new NamedDeployment(text, others);
    }
}
