package io.jenkins.plugins.ec2docker.policy.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One resource as it will be when a plan has been carried out.
 *
 * @param address as Terraform names it, such as {@code aws_instance.this}
 * @param type such as {@code aws_instance}
 * @param isNew whether it is created or replaced; what stays also has attributes that only AWS filled in
 * @param after its attributes; those that will only be known later are missing or null; null if it will be gone
 */
public record PlannedResource(String address, String type, boolean isNew, JsonNode after) {

    /** An attribute's text; empty where it is not known. */
    String text(String attribute) {
        return after.path(attribute).asText("");
    }

    /** The one block of that name; a missing node where there is none or there are several. */
    JsonNode block(String name) {
        JsonNode blocks = after.path(name);
        return blocks.size() == 1 ? blocks.get(0) : MissingNode.getInstance();
    }
}
