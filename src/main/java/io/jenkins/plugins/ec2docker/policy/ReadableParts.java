package io.jenkins.plugins.ec2docker.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.request.schema.BlueprintFields;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What guardrails refuse about a document that breaks rules of requests, so that all that is wrong is told at once. Only what can be read of
 * it is checked: nothing is told of a field that breaks a rule itself, or that stands in for one.
 */
public final class ReadableParts {
    private ReadableParts() {}

    /**
     * All that is not allowed about the parts that can be read.
     *
     * @param document of a request
     * @param problems the rules of requests that it breaks
     * @param credentialsRole as in {@link Guardrails#check(ProvisionRequest, String)}
     */
    public static List<Violation> refusals(
            Guardrails guardrails, Map<String, ?> document, List<Violation> problems, @CheckForNull String credentialsRole) {
        ProvisionRequest readable = StoredRequest.read(document, "", BlueprintFields.BLUEPRINTS.get(0), "").request();
        // Where a container could not be read at all, those behind it have another index.
        boolean whole = document.get("containers") instanceof Collection<?> list && list.size() == readable.containers().size();
        return guardrails.check(guardrails.withDefaults(readable), credentialsRole).stream()
                .filter(refusal -> problems.stream().noneMatch(problem -> isOf(problem.field(), refusal.field())))
                .filter(refusal -> !refusal.field().equals("region") || !readable.region().isEmpty())
                .filter(refusal -> whole || !refusal.field().startsWith("containers["))
                .toList();
    }

    private static boolean isOf(String broken, String field) {
        return field.equals(broken) || field.equals(broken + "[0]") || field.startsWith(broken + ".");
    }
}
