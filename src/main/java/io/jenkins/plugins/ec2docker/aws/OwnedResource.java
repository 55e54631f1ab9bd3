package io.jenkins.plugins.ec2docker.aws;

import java.time.Instant;

/**
 * Something in AWS that carries this product's tags.
 *
 * @param id as the state knows it: an id, or the name of a role, a profile or a key pair
 * @param deployment its tag {@code ec2-docker:deployment}
 * @param name its tag {@code ec2-docker:name}
 * @param created null where AWS does not say
 * @param detail what it is: a type, a size, an address
 * @param partOf the instance whose disk it is, with which it goes; null for none
 * @param charge what it costs by; null for what costs nothing, as a stopped instance does
 */
public record OwnedResource(
        Kind kind, String id, String deployment, String name, Instant created, String detail, String partOf, Charge charge) {

    /** In the order in which they can be removed. */
    public enum Kind {
        INSTANCE("instance", "aws_instance"),
        ADDRESS("Elastic IP address", "aws_eip"),
        VOLUME("volume", "aws_ebs_volume"),
        INGRESS_RULE("security group rule", "aws_vpc_security_group_ingress_rule"),
        EGRESS_RULE("security group rule", "aws_vpc_security_group_egress_rule"),
        SECURITY_GROUP("security group", "aws_security_group"),
        KEY_PAIR("key pair", "aws_key_pair"),
        INSTANCE_PROFILE("instance profile", "aws_iam_instance_profile"),
        ROLE("role", "aws_iam_role"),
        /** Of the blueprints with several instances or tasks; its id is its ARN. It is found, and removed by nobody but Terraform or a person. */
        OTHER("resource", "");

        private final String text;
        private final String terraformType;

        Kind(String text, String terraformType) {
            this.text = text;
            this.terraformType = terraformType;
        }

        /** As a state names it. */
        public String terraformType() {
            return terraformType;
        }

        public String text() {
            return text;
        }
    }

    @Override
    public String toString() {
        return kind.text() + " " + id;
    }
}
