package io.jenkins.plugins.ec2docker.terraform.documents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * One version of a state: which one it is, and what it knows to exist.
 *
 * @param lineage same for all versions of one state; another one means another state
 * @param serial grows with each version
 * @param terraformVersion that wrote it; an older Terraform refuses to read it; null where it does not say
 * @param instances of managed resources; data sources are not counted
 */
public record StateContent(String lineage, long serial, @CheckForNull String terraformVersion, List<Instance> instances) {
    public StateContent {
        instances = List.copyOf(instances);
    }

    /**
     * One thing that exists, as far as Terraform knows.
     *
     * @param id of the provider, such as {@code i-0abc…}; null where it has none
     * @param tainted it was not made to its end; the next apply replaces it
     * @param deposed its successor is there, and it is still to be destroyed
     */
    public record Instance(String address, String type, @CheckForNull String id, boolean tainted, boolean deposed) {}

    /** Nothing exists. */
    public boolean isEmpty() {
        return instances.isEmpty();
    }
}
