package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.AbortException;
import io.jenkins.plugins.ec2docker.jenkins.form.GroovyArguments;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** How a Jenkinsfile names the deployment that a step is to work on: by its name, or by the map that {@code provisionEc2Docker} returned. */
final class DeploymentArgument {
    /** No deployment has this name. A script that gives null has none because it was never made; the job's default is another one. */
    private static final String NONE = "(null)";

    private static final List<String> NAMES = List.of("deployment", "name", UninstantiatedDescribable.ANONYMOUS_KEY);

    private DeploymentArgument() {}

    /**
     * The arguments of a {@link DeploymentStep} with the deployment's name if one is given, and text or a truth value where there is a
     * value.
     *
     * @param arguments as a Jenkinsfile has them
     * @param function of the step, for messages
     */
    static Map<String, Object> arguments(Map<String, Object> arguments, String function, Class<?> step) throws AbortException {
        Map<String, Object> plain = GroovyArguments.plain(arguments);
        boolean named = plain.keySet().stream().anyMatch(NAMES::contains);
        Object given = NAMES.stream().map(plain::remove).filter(Objects::nonNull).findFirst().orElse(named ? NONE : null);
        Map<String, Object> understood = new LinkedHashMap<>();
        for (DescribableParameter parameter : DescribableModel.of(step).getParameters()) {
            Object value = plain.remove(parameter.getName());
            if (value != null) {
                understood.put(parameter.getName(), value(parameter, value));
            }
        }
        // function(web) with the returned map looks to Groovy like named arguments.
        if (!plain.isEmpty() && !plain.containsKey("deploymentId")) {
            throw refusal(plain.keySet().iterator().next(), "", "is not a known parameter; known here: " + DescribableModel.of(step)
                    .getParameters().stream().map(DescribableParameter::getName).collect(Collectors.joining(", ")) + ".");
        }
        if (given instanceof Map<?, ?> returned) {
            given = returned.get("deployment");
        }
        if (given != null && (!(given instanceof String text) || text.isBlank())) {
            throw refusal("deployment", "", "is empty; give a deployment's name, or what provisionEc2Docker returned: " + function
                    + "(deployment: 'web'). Leave it out for the name that is made from the job's.");
        }
        if (given != null) {
            understood.put("deployment", given);
        }
        return understood;
    }

    private static Object value(DescribableParameter parameter, Object value) throws AbortException {
        if (parameter.getErasedType() != boolean.class) {
            return value.toString();
        }
        if (!value.toString().matches("true|false")) {
            throw refusal(parameter.getName(), value.toString(), "must be true or false.");
        }
        return Boolean.valueOf(value.toString());
    }

    private static AbortException refusal(String parameter, String value, String message) {
        return new AbortException(new Violation(parameter, value, message).toString());
    }
}
