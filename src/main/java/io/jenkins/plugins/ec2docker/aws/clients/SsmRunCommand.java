package io.jenkins.plugins.ec2docker.aws.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Asks AWS Systems Manager DescribeInstanceInformation, SendCommand and GetCommandInvocation, for which no API plugin brings a client. */
public final class SsmRunCommand implements RunCommand {
    /** AWS's own document for shell scripts, there in every account and region. */
    static final String DOCUMENT = "AWS-RunShellScript";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AwsSettings settings;
    private final URI endpoint;

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_SSM}, {@code AWS_ENDPOINT_URL}), and the proxy */
    public SsmRunCommand(String region, Map<String, String> environment) {
        this.settings = AwsSettings.of(region, environment);
        this.endpoint = QueryProtocol.endpoint(region, environment, "ssm", "SSM");
    }

    @Override
    public Optional<String> ping(SessionCredentials credentials, String instanceId) throws AwsException {
        ObjectNode question = MAPPER.createObjectNode();
        question.putArray("Filters").addObject().put("Key", "InstanceIds").putArray("Values").add(instanceId);
        JsonNode known = ask(credentials, "DescribeInstanceInformation", question).path("InstanceInformationList");
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(0).path("PingStatus").asText());
    }

    @Override
    public String send(SessionCredentials credentials, String instanceId, String line, String comment, Duration delivery, Duration limit)
            throws AwsException {
        ObjectNode question = MAPPER.createObjectNode()
                .put("DocumentName", DOCUMENT)
                .put("Comment", comment)
                .put("TimeoutSeconds", delivery.toSeconds());
        question.putArray("InstanceIds").add(instanceId);
        ObjectNode parameters = question.putObject("Parameters");
        parameters.putArray("commands").add(line);
        parameters.putArray("executionTimeout").add(Long.toString(limit.toSeconds()));
        return ask(credentials, "SendCommand", question).path("Command").path("CommandId").asText();
    }

    @Override
    public Optional<Standing> standing(SessionCredentials credentials, String instanceId, String commandId) throws AwsException {
        ObjectNode question = MAPPER.createObjectNode().put("CommandId", commandId).put("InstanceId", instanceId);
        JsonNode answer = ask(credentials, "GetCommandInvocation", question);
        return answer.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Standing(answer.path("Status").asText(), answer.path("StandardOutputContent").asText(),
                        answer.path("StandardErrorContent").asText()));
    }

    /** @return the answer; missing where it is about a command that AWS does not know (yet) */
    private JsonNode ask(SessionCredentials credentials, String action, ObjectNode question) throws AwsException {
        SignedRequests calls = new SignedRequests(settings, credentials, "ssm");
        try {
            Answer answer = calls.call(
                    action,
                    SdkHttpMethod.POST,
                    endpoint,
                    Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AmazonSSM." + action),
                    MAPPER.writeValueAsBytes(question));
            if (answer.ok()) {
                return MAPPER.readTree(answer.body());
            }
            String code = MAPPER.readTree(answer.body()).path("__type").asText().replaceFirst(".*#", "");
            if (code.equals("InvocationDoesNotExist")) {
                return MAPPER.missingNode();
            }
            throw calls.refusal(action, answer, code.isEmpty() ? null : code);
        } catch (IOException e) {
            throw new AwsException(AwsException.Reason.OTHER, "AWS Systems Manager in " + settings.region() + " gave no answer of AWS to "
                    + action + ".", e);
        }
    }
}
