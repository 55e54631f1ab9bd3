package io.jenkins.plugins.ec2docker.policy.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * One resource as it will be when a plan has been carried out.
 *
 * @param address as Terraform names it, such as {@code aws_instance.this}
 * @param type such as {@code aws_instance}
 * @param isNew whether it is created or replaced; what stays also has attributes that only AWS filled in
 * @param after its attributes; those that will only be known later are missing or null; null if it will be gone
 */
public record PlannedResource(String address, String type, boolean isNew, @CheckForNull JsonNode after) {

    /** {@link #after} of a resource that will be there; only such ones are reviewed. */
    JsonNode attributes() {
        return Objects.requireNonNull(after, () -> address + " will be gone");
    }

    /** An attribute's text; empty where it is not known. */
    String text(String attribute) {
        return attributes().path(attribute).asText("");
    }

    /** The one block of that name; a missing node where there is none or there are several. */
    JsonNode block(String name) {
        JsonNode blocks = attributes().path(name);
        return blocks.size() == 1 ? blocks.get(0) : MissingNode.getInstance();
    }
}
