package io.jenkins.plugins.ec2docker.aws.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/** The DynamoDB table of Terraform's backend for S3: an item with the lock while it is held, and one with the state's checksum. */
final class DynamoDbStateLock {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String KEY = "LockID";
    private static final String TAKEN = "ConditionalCheckFailedException";

    private final AwsSettings settings;
    private final SignedRequests calls;
    private final S3StateAddress address;

    DynamoDbStateLock(AwsSettings settings, SessionCredentials keys, S3StateAddress address) {
        this.settings = settings;
        this.calls = new SignedRequests(settings, keys, "dynamodb");
        this.address = address;
    }

    Optional<byte[]> holder() throws AwsException {
        ObjectNode question = question();
        question.putObject("Key").putObject(KEY).put("S", address.path());
        question.put("ConsistentRead", true);
        JsonNode info = ask("GetItem", question).path("Item").path("Info").path("S");
        return info.isTextual() ? Optional.of(info.asText().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
    }

    boolean take(byte[] info) throws AwsException {
        ObjectNode question = question();
        ObjectNode item = question.putObject("Item");
        item.putObject(KEY).put("S", address.path());
        item.putObject("Info").put("S", new String(info, StandardCharsets.UTF_8));
        question.put("ConditionExpression", "attribute_not_exists(" + KEY + ")");
        return !ask("PutItem", question).isMissingNode();
    }

    void free() throws AwsException {
        ObjectNode question = question();
        question.putObject("Key").putObject(KEY).put("S", address.path());
        ask("DeleteItem", question);
    }

    /** Terraform refuses a state that does not have the checksum that is written here. */
    void checksum(byte[] state) throws AwsException {
        ObjectNode question = question();
        ObjectNode item = question.putObject("Item");
        item.putObject(KEY).put("S", address.path() + "-md5");
        item.putObject("Digest").put("S", md5(state));
        ask("PutItem", question);
    }

    private ObjectNode question() {
        return MAPPER.createObjectNode().put("TableName", address.lockTable());
    }

    /** @return the answer; missing where the condition was not met */
    private JsonNode ask(String action, ObjectNode question) throws AwsException {
        try {
            Answer answer = calls.call(
                    action,
                    SdkHttpMethod.POST,
                    endpoint(),
                    Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810." + action),
                    MAPPER.writeValueAsBytes(question));
            if (answer.ok()) {
                return MAPPER.readTree(answer.body());
            }
            String code = MAPPER.readTree(answer.body()).path("__type").asText().replaceFirst(".*#", "");
            if (code.equals(TAKEN)) {
                return MAPPER.missingNode();
            }
            throw calls.refusal(action, answer, code);
        } catch (IOException e) {
            throw new AwsException(AwsException.Reason.OTHER,
                    "DynamoDB table " + address.lockTable() + " gave no answer of AWS to " + action + ".", e);
        }
    }

    private URI endpoint() {
        URI custom = settings.endpoints().dynamoDb();
        return custom != null ? custom.resolve("/") : settings.own("dynamodb");
    }

    private static String md5(byte[] state) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(state));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
