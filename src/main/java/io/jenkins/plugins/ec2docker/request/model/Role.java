package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * The IAM role under which everything is created.
 *
 * @param arn ARN of the role
 * @param externalId what the role's trust policy may ask for; null for none
 * @param durationSeconds life of the session in seconds, 900 to 43,200; null leaves it to AWS, which gives 3,600
 */
public record Role(String arn, @CheckForNull String externalId, @CheckForNull Integer durationSeconds) {
    public Role {
        Objects.requireNonNull(arn, "arn");
    }
}
