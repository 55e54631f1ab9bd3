package io.jenkins.plugins.ec2docker.terraform.documents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * How many resources a plan touches, and which. A replaced one counts as replaced only, unlike in Terraform's own line, which counts it as added
 * and destroyed.
 *
 * @param unchanged resources left as they are
 * @param resources those touched, in the plan's order
 */
public record PlanSummary(int add, int change, int replace, int destroy, int unchanged, List<ResourceChange> resources) {
    public PlanSummary {
        resources = List.copyOf(resources);
    }

    /** @param reason in Terraform's word such as {@code replace_because_tainted}; null where there is none */
    public record ResourceChange(String address, String type, ChangeAction action, @CheckForNull String reason) {}

    static PlanSummary of(List<PlannedResource> planned) {
        int[] count = new int[ChangeAction.values().length];
        planned.forEach(resource -> count[resource.action().ordinal()]++);
        return new PlanSummary(
                count[ChangeAction.CREATE.ordinal()],
                count[ChangeAction.UPDATE.ordinal()],
                count[ChangeAction.REPLACE.ordinal()],
                count[ChangeAction.DELETE.ordinal()],
                count[ChangeAction.NO_OP.ordinal()],
                planned.stream()
                        .filter(resource -> resource.action().changesSomething())
                        .map(resource -> new ResourceChange(resource.address(), resource.type(), resource.action(), resource.reason()))
                        .toList());
    }

    /** No resource is touched. */
    public boolean isEmpty() {
        return resources.isEmpty();
    }

    /** As in {@code 8 to create, 1 to replace}; {@code nothing to change}. */
    public String line() {
        StringBuilder line = new StringBuilder();
        part(line, add, "to create");
        part(line, change, "to change");
        part(line, replace, "to replace");
        part(line, destroy, "to destroy");
        return line.isEmpty() ? (isEmpty() ? "nothing to change" : resources.size() + " to forget") : line.toString();
    }

    private static void part(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append(line.isEmpty() ? "" : ", ").append(count).append(' ').append(what);
        }
    }
}
