package io.jenkins.plugins.ec2docker.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Asks a service of AWS's JSON protocol (smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html), for which no API plugin brings a client. */
public final class JsonProtocol {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AwsSettings settings;
    private final String service;
    private final String prefix;
    private final String target;
    private final URI endpoint;

    /**
     * @param service its name in signatures
     * @param prefix that of its IAM actions
     * @param target what stands before the action in {@code X-Amz-Target}
     */
    public JsonProtocol(AwsSettings settings, URI endpoint, String service, String prefix, String target) {
        this.settings = settings;
        this.service = service;
        this.prefix = prefix;
        this.target = target;
        this.endpoint = endpoint;
    }

    public static ObjectNode question() {
        return MAPPER.createObjectNode();
    }

    public JsonNode ask(SessionCredentials credentials, String action, ObjectNode question) throws AwsException {
        SignedRequests calls = new SignedRequests(settings, credentials, service, prefix);
        try {
            Answer answer = calls.call(action, SdkHttpMethod.POST, endpoint,
                    Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target + "." + action),
                    MAPPER.writeValueAsBytes(question));
            JsonNode body = MAPPER.readTree(answer.body());
            if (answer.ok()) {
                return body;
            }
            String code = body.path("__type").asText().replaceFirst(".*#", "");
            throw calls.refusal(action, answer, code.isEmpty() ? null : code);
        } catch (IOException e) {
            throw new AwsException(AwsException.Reason.OTHER,
                    "AWS " + service + " in " + settings.region() + " gave no answer of AWS to " + action + ".", e);
        }
    }
}
