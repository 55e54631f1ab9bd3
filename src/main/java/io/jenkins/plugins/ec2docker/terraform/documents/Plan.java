package io.jenkins.plugins.ec2docker.terraform.documents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What a saved plan says, as far as this program needs it.
 *
 * @param terraformVersion that made it; null where it does not say
 * @param applyable whether applying it would do anything: a changed output alone is enough
 * @param resources all managed ones, the untouched too
 */
public record Plan(@CheckForNull String terraformVersion, boolean applyable, List<PlannedResource> resources) {
    public Plan {
        resources = List.copyOf(resources);
    }

    public PlanSummary summary() {
        return PlanSummary.of(resources);
    }
}
