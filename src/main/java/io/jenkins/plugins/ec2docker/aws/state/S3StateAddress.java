package io.jenkins.plugins.ec2docker.aws.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Where in S3 the state of one deployment is.
 *
 * @param bucket there already, with versioning as a rule
 * @param key of the state's object
 * @param region of the bucket
 * @param kmsKey id or ARN of the key that encrypts it, or null for S3's own
 * @param lockTable DynamoDB table that locks are kept in as well, for those who still work with one; or null
 */
public record S3StateAddress(String bucket, String key, String region, @CheckForNull String kmsKey, @CheckForNull String lockTable) {

    /** Of the object whose presence is the lock, as Terraform's {@code use_lockfile} has it. */
    String lockKey() {
        return key + ".tflock";
    }

    /** What Terraform names it by in locks. */
    public String path() {
        return bucket + "/" + key;
    }

    @Override
    public String toString() {
        return "s3://" + path();
    }
}
