package io.jenkins.plugins.ec2docker.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stands before an AWS and notes which actions, as IAM policies name them, are called. */
final class CalledActions implements AutoCloseable {

    /** Services that sign under one name and are allowed under another. */
    private static final Map<String, String> ALLOWED_AS = Map.of("monitoring", "cloudwatch");

    /** Calls that are paths, in the order in which they are tried, and what allows them (service authorization reference). */
    private static final Map<Pattern, String> PATHS = paths();

    private final Set<String> called = ConcurrentHashMap.newKeySet();
    private final Map<String, String> environment;
    private final ApiProxy proxy;

    CalledActions(Moto moto) {
        proxy = new ApiProxy(moto.endpoint(), (call, passage) -> {
            called.add(allowedBy(call.service(), call.action()));
            passage.answer(passage.forward());
        });
        environment = new HashMap<>(moto.environment());
        environment.put("AWS_ENDPOINT_URL", proxy.endpoint().toString());
    }

    /** With which Terraform calls here. */
    Map<String, String> environment() {
        return environment;
    }

    Set<String> names() {
        return new TreeSet<>(called);
    }

    /** What some policies of {@code docs/policies} allow together, and what needs no permission. */
    static Set<String> allowed(String... policies) throws IOException {
        Set<String> allowed = new TreeSet<>(Set.of("sts:GetCallerIdentity"));
        for (String policy : policies) {
            for (JsonNode statement : Variables.of(Files.readString(Path.of("docs", "policies", policy + ".json"))).path("Statement")) {
                JsonNode action = statement.path("Action");
                (action.isTextual() ? Stream.of(action) : action.valueStream()).forEach(each -> allowed.add(each.asText()));
            }
        }
        return allowed;
    }

    @Override
    public void close() {
        proxy.close();
    }

    private static String allowedBy(String service, String action) {
        String prefix = ALLOWED_AS.getOrDefault(service, service);
        if (!action.contains(" ")) {
            return prefix + ":" + action;
        }
        String path = service + " " + action;
        return PATHS.entrySet().stream()
                .filter(each -> each.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(path);
    }

    private static Map<Pattern, String> paths() {
        Map<String, String> paths = new LinkedHashMap<>();
        Map.of("acl", "BucketAcl", "cors", "BucketCORS", "website", "BucketWebsite", "versioning", "BucketVersioning",
                "accelerate", "AccelerateConfiguration", "requestPayment", "BucketRequestPayment", "logging", "BucketLogging",
                "lifecycle", "LifecycleConfiguration", "replication", "ReplicationConfiguration")
                .forEach((query, noun) -> bucket(paths, query, noun));
        Map.of("encryption", "EncryptionConfiguration", "object-lock", "BucketObjectLockConfiguration", "tagging", "BucketTagging",
                "publicAccessBlock", "BucketPublicAccessBlock", "location", "BucketLocation")
                .forEach((query, noun) -> bucket(paths, query, noun));
        paths.put("s3 GET /[^/?]+/?\\?policy.*", "s3:GetBucketPolicy");
        paths.put("s3 PUT /[^/?]+/?\\?policy.*", "s3:PutBucketPolicy");
        paths.put("s3 DELETE /[^/?]+/?\\?policy.*", "s3:DeleteBucketPolicy");
        paths.put("s3 GET /[^/?]+/?\\?.*versions.*", "s3:ListBucketVersions");
        paths.put("s3 (HEAD|GET) /[^/?]+/?(\\?list-type.*)?", "s3:ListBucket");
        paths.put("s3 PUT /[^/?]+/?", "s3:CreateBucket");
        paths.put("s3 DELETE /[^/?]+/?", "s3:DeleteBucket");
        paths.put("s3 GET /", "s3:ListAllMyBuckets");
        paths.put("cloudfront POST /[^/]+/distribution.*", "cloudfront:CreateDistribution");
        paths.put("cloudfront GET /[^/]+/distribution/.*", "cloudfront:GetDistribution");
        paths.put("cloudfront PUT /[^/]+/distribution/.*", "cloudfront:UpdateDistribution");
        paths.put("cloudfront DELETE /[^/]+/distribution/.*", "cloudfront:DeleteDistribution");
        paths.put("cloudfront POST /[^/]+/origin-access-control", "cloudfront:CreateOriginAccessControl");
        paths.put("cloudfront GET /[^/]+/origin-access-control/.*", "cloudfront:GetOriginAccessControl");
        paths.put("cloudfront DELETE /[^/]+/origin-access-control/.*", "cloudfront:DeleteOriginAccessControl");
        paths.put("cloudfront GET /[^/]+/tagging.*", "cloudfront:ListTagsForResource");
        paths.put("cloudfront POST /[^/]+/tagging\\?Operation=Tag.*", "cloudfront:TagResource");
        paths.put("route53 GET /[^/]+/hostedzone/[^/]+", "route53:GetHostedZone");
        paths.put("route53 GET /[^/]+/hostedzone/[^/]+/rrset.*", "route53:ListResourceRecordSets");
        paths.put("route53 POST /[^/]+/hostedzone/[^/]+/rrset/?", "route53:ChangeResourceRecordSets");
        paths.put("route53 GET /[^/]+/change/.*", "route53:GetChange");
        paths.put("backup PUT /backup-vaults/[^/]+", "backup:CreateBackupVault");
        paths.put("backup GET /backup-vaults/[^/]+", "backup:DescribeBackupVault");
        paths.put("backup DELETE /backup-vaults/[^/]+", "backup:DeleteBackupVault");
        paths.put("backup PUT /backup/plans/[^/]+/selections/?", "backup:CreateBackupSelection");
        paths.put("backup GET /backup/plans/[^/]+/selections/.*", "backup:GetBackupSelection");
        paths.put("backup DELETE /backup/plans/[^/]+/selections/.*", "backup:DeleteBackupSelection");
        paths.put("backup PUT /backup/plans/?", "backup:CreateBackupPlan");
        paths.put("backup GET /backup/plans/.*", "backup:GetBackupPlan");
        paths.put("backup POST /backup/plans/.*", "backup:UpdateBackupPlan");
        paths.put("backup DELETE /backup/plans/.*", "backup:DeleteBackupPlan");
        paths.put("backup GET /tags/.*", "backup:ListTags");
        Map<Pattern, String> compiled = new LinkedHashMap<>();
        paths.forEach((path, action) -> compiled.put(Pattern.compile(path), action));
        return compiled;
    }

    /** To remove a setting is to put another one. */
    private static void bucket(Map<String, String> paths, String query, String noun) {
        paths.put("s3 GET /[^/?]+/?\\?" + query + "\\b.*", "s3:Get" + noun);
        paths.put("s3 (PUT|DELETE) /[^/?]+/?\\?" + query + "\\b.*", "s3:Put" + noun);
    }
}
