package io.jenkins.plugins.ec2docker.jenkins.step;

import io.jenkins.plugins.ec2docker.jenkins.form.GroovyArguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The arguments of a step as Pipeline keeps them with the build, without what may be secret: the values of containers' environments and the
 * users themselves. Pipeline masks only what {@code withCredentials} has told it of.
 */
final class MaskedArguments extends ArgumentsAction {
    private static final String MASK = "****";

    /** Plain values, so that the build's record can be read without this plugin's types. */
    private final Map<String, Object> arguments;

    private MaskedArguments(Map<String, Object> arguments) {
        this.arguments = arguments;
    }

    /** Puts them in place of those that Pipeline has kept. */
    static void keep(StepContext context) throws IOException, InterruptedException {
        FlowNode node = context.get(FlowNode.class);
        ArgumentsAction kept = node == null ? null : node.getAction(ArgumentsAction.class);
        if (kept != null) {
            node.removeActions(ArgumentsAction.class);
            node.addAction(new MaskedArguments(masked(GroovyArguments.plain(kept.getArguments()))));
        }
    }

    private static Map<String, Object> masked(Map<String, Object> arguments) {
        Map<String, Object> masked = new LinkedHashMap<>(arguments);
        masked.computeIfPresent("usersText", (name, value) -> MASK);
        masked.computeIfPresent("containers", (name, value) -> value instanceof Collection<?> list ? containers(list) : MASK);
        return masked;
    }

    private static List<Object> containers(Collection<?> containers) {
        List<Object> masked = new ArrayList<>();
        for (Object container : containers) {
            if (container instanceof Map<?, ?> map && map.get("environment") != null) {
                Map<Object, Object> shown = new LinkedHashMap<>(map);
                shown.put("environment", environment(map.get("environment")));
                masked.add(shown);
            } else {
                masked.add(container);
            }
        }
        return masked;
    }

    private static Object environment(Object environment) {
        if (environment instanceof Map<?, ?> map) {
            Map<Object, Object> shown = new LinkedHashMap<>(map);
            shown.replaceAll((name, value) -> MASK);
            return shown;
        }
        return MASK;
    }

    @Override
    protected Map<String, Object> getArgumentsInternal() {
        return arguments;
    }
}
