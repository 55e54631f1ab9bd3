package io.jenkins.plugins.ec2docker.terraform.documents;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a saved plan will do with one resource.
 *
 * @param address as in {@code aws_instance.this}
 * @param type as in {@code aws_instance}
 * @param action what is done with it
 * @param after its planned values, sensitive ones as {@link PlanReader#MASK}, unknown ones missing; null where it is destroyed or forgotten
 * @param reason why, in Terraform's word such as {@code replace_because_tainted}; null where there is none
 */
public record PlannedResource(String address, String type, ChangeAction action, @CheckForNull JsonNode after, @CheckForNull String reason) {
    /** Without the values, which may be of no one's business. */
    @Override
    public String toString() {
        return action.symbol() + " " + address;
    }
}
