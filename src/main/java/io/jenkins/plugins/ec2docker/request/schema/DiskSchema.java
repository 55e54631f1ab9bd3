package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.Disk;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;

/** Reads {@code disk}. */
public final class DiskSchema {
    /** The root snapshots of the supported machine images have 8 GiB, and a volume is never smaller than its snapshot. */
    private static final int SMALLEST = 8;
    /** docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html, "Size": gp3 has 1 to 65,536 GiB (16,384 until 2025). */
    private static final int LARGEST = 65_536;

    private DiskSchema() {}

    /**
     * The default where there is none.
     *
     * @param region of the request; null where it is wrong
     */
    public static Disk read(DocumentNode node, @CheckForNull String region) {
        DocumentSection fields = node.fields("sizeGiB", "kmsKeyId");
        if (fields == null) {
            return Disk.DEFAULT;
        }
        Integer size = fields.get("sizeGiB").integer(SMALLEST, LARGEST, " GiB");
        DocumentNode keyNode = fields.get("kmsKeyId");
        String key = keyNode.text(AwsNamePatterns.KMS_KEY, "must be a KMS key's id, alias (alias/…) or ARN.");
        if (key != null && region != null && key.startsWith("arn:") && !AwsNamePatterns.regionOfArn(key).equals(region)) {
            // docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html: volume and key are in one Region.
            keyNode.refuse("is a key of another Region than " + region + ", where the disk will be; give a key of that Region.");
        }
        return new Disk(size == null ? Disk.DEFAULT.sizeGiB() : size, key);
    }
}
