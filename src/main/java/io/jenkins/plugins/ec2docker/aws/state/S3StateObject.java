package io.jenkins.plugins.ec2docker.aws.state;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * One state in S3, by the protocol of Terraform's own backend for it: the state is an object; whoever puts an object with its lock beside it
 * first has the lock; and where a DynamoDB table is named, lock and checksum are kept there as well.
 *
 * <p>Terraform itself reads and writes the state through its backend. This is for what has to be done while no Terraform is at work.
 */
final class S3StateObject {
    private static final byte[] NOTHING = new byte[0];

    private final AwsSettings settings;
    private final S3StateAddress address;

    S3StateObject(S3StateAddress address, Map<String, String> environment) {
        this.settings = AwsSettings.of(address.region(), environment);
        this.address = address;
    }

    /** Empty if there is none. */
    Optional<byte[]> read(SessionCredentials keys) throws AwsException {
        return object(keys, address.key());
    }

    /** Who has the lock; empty if nobody. */
    Optional<TerraformLockInfo> holder(SessionCredentials keys) throws AwsException {
        Optional<byte[]> beside = object(keys, address.lockKey());
        return (beside.isPresent() || address.lockTable() == null ? beside : table(keys).holder()).map(TerraformLockInfo::read);
    }

    /** Takes the lock, unless somebody has it: who that is, {@link #holder} says. */
    boolean take(SessionCredentials keys, TerraformLockInfo lock) throws AwsException {
        byte[] info = lock.json(address.path());
        Answer answer = call(keys, "PutObject", SdkHttpMethod.PUT, address.lockKey(),
                Map.of("If-None-Match", "*", "Content-Type", "application/json"), info);
        // The first of two tries may have been heard although its answer was not.
        boolean taken = answer.ok() || holder(keys).filter(lock::equals).isPresent();
        if (!taken && answer.status() != 412 && answer.status() != 409) {
            throw refusal(keys, "PutObject", answer);
        }
        if (taken && address.lockTable() != null && !table(keys).take(info)) {
            remove(keys, address.lockKey());
            return false;
        }
        return taken;
    }

    /** Gives the lock free, whoever has it. */
    void free(SessionCredentials keys) throws AwsException {
        if (address.lockTable() != null) {
            table(keys).free();
        }
        remove(keys, address.lockKey());
    }

    /** Needs the lock. */
    void write(SessionCredentials keys, byte[] state) throws AwsException {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        headers.put("x-amz-server-side-encryption", address.kmsKey() == null ? "AES256" : "aws:kms");
        if (address.kmsKey() != null) {
            headers.put("x-amz-server-side-encryption-aws-kms-key-id", address.kmsKey());
        }
        Answer answer = call(keys, "PutObject", SdkHttpMethod.PUT, address.key(), headers, state);
        if (!answer.ok()) {
            throw refusal(keys, "PutObject", answer);
        }
        if (address.lockTable() != null) {
            table(keys).checksum(state);
        }
    }

    private Optional<byte[]> object(SessionCredentials keys, String key) throws AwsException {
        Answer answer = call(keys, "GetObject", SdkHttpMethod.GET, key, Map.of(), NOTHING);
        if (answer.ok()) {
            return Optional.of(answer.body());
        }
        if (answer.status() == 404 && new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8).contains("NoSuchKey")) {
            return Optional.empty();
        }
        throw refusal(keys, "GetObject", answer);
    }

    private void remove(SessionCredentials keys, String key) throws AwsException {
        Answer answer = call(keys, "DeleteObject", SdkHttpMethod.DELETE, key, Map.of(), NOTHING);
        if (!answer.ok()) {
            throw refusal(keys, "DeleteObject", answer);
        }
    }

    private Answer call(SessionCredentials keys, String action, SdkHttpMethod method, String key, Map<String, String> headers, byte[] body)
            throws AwsException {
        return new SignedRequests(settings, keys, "s3").call(action, method, target(key), headers, body);
    }

    private AwsException refusal(SessionCredentials keys, String action, Answer answer) {
        return new SignedRequests(settings, keys, "s3").refusal(action, answer, null);
    }

    private DynamoDbStateLock table(SessionCredentials keys) {
        return new DynamoDbStateLock(settings, keys, address);
    }

    /** The certificates of S3's names for buckets do not cover names with dots. */
    private URI target(String key) {
        URI endpoint = settings.endpoints().s3();
        String custom = endpoint == null ? null : endpoint.toString().replaceFirst("/+$", "");
        String own = settings.own("s3").getHost();
        if (custom == null && !address.bucket().contains(".")) {
            return URI.create("https://" + address.bucket() + "." + own + "/" + key);
        }
        return URI.create((custom == null ? "https://" + own : custom) + "/" + address.bucket() + "/" + key);
    }
}
