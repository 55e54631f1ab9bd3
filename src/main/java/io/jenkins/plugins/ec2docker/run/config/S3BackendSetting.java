package io.jenkins.plugins.ec2docker.run.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The choice of S3 as the place of states, for all deployments.
 *
 * @param bucket that exists
 * @param prefix of the states' keys, without slashes at its ends; may be empty
 * @param region of the bucket
 * @param kmsKey id or ARN of the key that encrypts the states, or null for S3's own
 * @param lockTable DynamoDB table that takes part in locking, for those who still work with one; or null
 */
public record S3BackendSetting(String bucket, String prefix, String region, @CheckForNull String kmsKey, @CheckForNull String lockTable) {

    private static final String FORM = "s3://BUCKET/PREFIX?region=REGION";
    private static final Set<String> PARAMETERS = Set.of("region", "kms-key", "lock-table");
    /** docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. */
    private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
    /** What needs no encoding in a URL, so that everybody writes the key in the same way. */
    private static final String PREFIX = "([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?";
    private static final String KEY_ID = "([0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})";
    private static final String KMS_KEY = "(arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/)?" + KEY_ID;
    /** docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html, "TableName". */
    private static final String TABLE = "[A-Za-z0-9_.-]{3,255}";

    /** @throws IllegalArgumentException with a sentence that names what is wrong, its value and the rule */
    public S3BackendSetting {
        require("bucket", bucket, BUCKET, "is 3 to 63 small letters, digits, dots and hyphens");
        require("prefix", prefix, PREFIX, "is made of letters, digits, _ . - and single slashes between them");
        if (prefix.length() > 500) {
            throw new IllegalArgumentException("The state backend's prefix has " + prefix.length() + " characters; it may have 500.");
        }
        if (region == null || !AwsNamePatterns.REGION.test(region)) {
            throw new IllegalArgumentException(
                    "The state backend's region is " + quoted(region) + "; it is the region of the bucket, such as eu-central-1.");
        }
        if (kmsKey != null) {
            require("kms-key", kmsKey, KMS_KEY, "is the id of a key or its ARN, not an alias");
        }
        if (lockTable != null) {
            require("lock-table", lockTable, TABLE, "is the name of a DynamoDB table");
        }
    }

    /**
     * Reads {@code s3://BUCKET/PREFIX?region=REGION&kms-key=KEY&lock-table=TABLE}, of which only bucket and region are needed.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static S3BackendSetting parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The state backend " + quoted(text) + " cannot be read; it looks like " + FORM + ".", e);
        }
        if (!"s3".equals(uri.getScheme()) || uri.getRawAuthority() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("The state backend " + quoted(text) + " is none that is known; it looks like " + FORM + ".");
        }
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String prefix = uri.getRawPath().replaceAll("^/+|/+$", "");
        return new S3BackendSetting(uri.getRawAuthority(), prefix, parameters.get("region"), parameters.get("kms-key"),
                parameters.get("lock-table"));
    }

    /** @param deploymentId never used for anything else, so that no two deployments ever have the same key */
    public S3StateAddress address(String deploymentId) {
        return new S3StateAddress(bucket, (prefix.isEmpty() ? "" : prefix + "/") + deploymentId + "/terraform.tfstate", region, kmsKey,
                lockTable);
    }

    private static Map<String, String> parameters(@CheckForNull String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : query == null ? new String[0] : query.split("&")) {
            String[] parts = each.split("=", 2);
            if (!PARAMETERS.contains(parts[0]) || parts.length < 2) {
                throw new IllegalArgumentException(
                        "The state backend has no parameter " + quoted(parts[0]) + " with a value; there are region, kms-key and"
                                + " lock-table: " + FORM + ".");
            }
            if (parameters.put(parts[0], parts[1]) != null) {
                throw new IllegalArgumentException("The state backend names " + parts[0] + " twice; name it once.");
            }
        }
        return parameters;
    }

    private static void require(String what, @CheckForNull String value, String pattern, String rule) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException("The state backend's " + what + " is " + quoted(value) + "; it " + rule + ".");
        }
    }

    private static String quoted(@CheckForNull String value) {
        return value == null ? "missing" : '"' + value + '"';
    }
}
