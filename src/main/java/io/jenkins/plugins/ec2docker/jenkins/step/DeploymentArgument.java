package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.AbortException;
import io.jenkins.plugins.ec2docker.jenkins.form.GroovyArguments;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** How a Jenkinsfile names the deployment that a step is to work on: by its name, or by the map that {@code provisionEc2Docker} returned. */
final class DeploymentArgument {
    private DeploymentArgument() {}

    /**
     * The arguments of a {@link DeploymentStep} with the deployment's name, and text where there is a value.
     *
     * @param arguments as a Jenkinsfile has them
     * @param function of the step, for messages
     */
    static Map<String, Object> arguments(Map<String, Object> arguments, String function, Class<?> step) throws AbortException {
        Map<String, Object> plain = GroovyArguments.plain(arguments);
        Object anonymous = plain.remove(UninstantiatedDescribable.ANONYMOUS_KEY);
        Object name = plain.remove("name");
        Object deployment = plain.remove("deployment");
        List<String> others = DescribableModel.of(step).getParameters().stream()
                .map(DescribableParameter::getName)
                .filter(parameter -> !parameter.equals("deployment"))
                .toList();
        Map<String, Object> understood = new LinkedHashMap<>();
        for (String other : others) {
            Object value = plain.remove(other);
            if (value != null) {
                understood.put(other, value.toString());
            }
        }
        // function(web) with the returned map looks to Groovy like named arguments.
        if (!plain.isEmpty() && !plain.containsKey("deploymentId")) {
            throw new AbortException(new Violation(plain.keySet().iterator().next(), "",
                    "is not a known parameter; known here: deployment, name, " + String.join(", ", others) + ".").toString());
        }
        Object given = deployment != null ? deployment : name != null ? name : anonymous;
        if (given instanceof Map<?, ?> returned) {
            given = returned.get("deployment");
        }
        if (!(given instanceof String text) || text.isBlank()) {
            throw new AbortException(new Violation("deployment", "", "is required; give a deployment's name, or what provisionEc2Docker"
                    + " returned: " + function + "(deployment: 'web').").toString());
        }
        understood.put("deployment", text);
        return understood;
    }
}
