package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * The root volume: gp3, always encrypted.
 *
 * @param sizeGiB size in GiB, at least 1 unless a stored request has another number
 * @param kmsKeyId id, alias or ARN of the KMS key; null for the account's default key
 */
public record Disk(int sizeGiB, @CheckForNull String kmsKeyId) {
    /** What holds where a request says nothing. */
    public static final Disk DEFAULT = new Disk(20, null);
}
