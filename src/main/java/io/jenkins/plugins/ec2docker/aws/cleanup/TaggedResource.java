package io.jenkins.plugins.ec2docker.aws.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.pricing.Charge;
import java.time.Instant;

/**
 * Something in AWS that carries this product's tags.
 *
 * @param id as the state knows it: an id, or the name of a role, a profile or a key pair; the ARN where {@link ResourceKind#isByArn}
 * @param deployment its tag {@code ec2-docker:deployment}
 * @param name its tag {@code ec2-docker:name}
 * @param created null where AWS does not say
 * @param detail what it is: a type, a size, an address
 * @param partOf the instance whose disk it is, with which it goes; null for none
 * @param charge what it costs by; null for what costs nothing, as a stopped instance does
 */
public record TaggedResource(
        ResourceKind kind, String id, String deployment, String name, @CheckForNull Instant created, String detail,
        @CheckForNull String partOf, @CheckForNull Charge charge) {

    TaggedResource as(ResourceKind other) {
        return new TaggedResource(other, id, deployment, name, created, detail, partOf, charge);
    }

    @Override
    public String toString() {
        return kind.text() + " " + id;
    }
}
