package io.jenkins.plugins.ec2docker.policy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One resource as it will be when a plan has been carried out.
 *
 * @param address as Terraform names it, such as {@code aws_instance.this}
 * @param type such as {@code aws_instance}
 * @param after its attributes; those that will only be known later are missing; null if it will be gone
 */
public record PlannedResource(String address, String type, JsonNode after) {}
