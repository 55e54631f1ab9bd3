package io.jenkins.plugins.ec2docker.jenkins.step;

import io.jenkins.plugins.ec2docker.jenkins.form.GroovyArguments;
import io.jenkins.plugins.ec2docker.jenkins.form.SectionsParameter;
import io.jenkins.plugins.ec2docker.jenkins.store.RedactedRequest;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The arguments of a step as Pipeline keeps them with the build, without what may be secret: the values of containers' environments, also of
 * those in {@code sections}, the external id of the role and the users themselves. Pipeline masks only what {@code withCredentials} has told
 * it of.
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
        Map<String, Object> masked = RedactedRequest.masked(arguments);
        masked.computeIfPresent(SectionsParameter.PARAMETER,
                (name, value) -> arguments.get(name) instanceof String text ? sections(text) : value);
        return masked;
    }

    /** YAML as the map that it is; what cannot be read may be anything. */
    private static Object sections(String text) {
        try {
            return RedactedRequest.masked(SectionsParameter.document(text));
        } catch (InvalidRequestException e) {
            return MASK;
        }
    }

    @Override
    protected Map<String, Object> getArgumentsInternal() {
        return arguments;
    }
}
