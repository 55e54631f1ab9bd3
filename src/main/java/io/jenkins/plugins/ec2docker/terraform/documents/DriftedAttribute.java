package io.jenkins.plugins.ec2docker.terraform.documents;

/**
 * One thing in AWS that is not as the deployment has it.
 *
 * @param address of the resource, as in {@code aws_instance.this}
 * @param attribute with the path to it, as in {@code tags_all.team}; empty for the resource as a whole
 * @param recorded what the deployment says, {@link #NOTHING} for nothing, {@link PlanReader#MASK} for something sensitive
 * @param real what AWS says, likewise
 */
public record DriftedAttribute(String address, String attribute, String recorded, String real) {
    public static final String NOTHING = "nothing";

    /** As in {@code aws_instance.this instance_type: t3.small → t3.large}. */
    @Override
    public String toString() {
        return address + (attribute.isEmpty() ? "" : " " + attribute) + ": " + recorded + " → " + real;
    }
}
