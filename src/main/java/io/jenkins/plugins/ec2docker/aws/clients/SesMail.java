package io.jenkins.plugins.ec2docker.aws.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Sends mails by Amazon SES (API version 2, action SendEmail), for which no API plugin brings a client. */
public final class SesMail {
    private static final String PATH = "/v2/email/outbound-emails";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AwsSettings settings;
    private final URI endpoint;

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_SESV2}, {@code AWS_ENDPOINT_URL}), and the proxy */
    public SesMail(String region, Map<String, String> environment) {
        this.settings = AwsSettings.of(region, environment);
        URI custom = AwsSettings.endpoint(environment, "SESV2");
        this.endpoint = (custom != null ? custom : settings.own("email")).resolve(PATH);
    }

    /**
     * @param from an address, or one of a domain, that is verified in the region
     * @param to at most 50, as SES takes them
     * @param message the whole mail as RFC 5322 has it
     * @throws AwsException if SES cannot be reached or does not take it; a sentence
     */
    public void send(SessionCredentials keys, String from, List<String> to, byte[] message) throws AwsException {
        SignedRequests.Answer answer = new SignedRequests(settings, keys, "ses")
                .call("SendEmail", SdkHttpMethod.POST, endpoint, Map.of("Content-Type", "application/json"), body(from, to, message));
        if (!answer.ok()) {
            throw new AwsException(AwsException.Reason.OTHER,
                    "Amazon SES in " + settings.region() + " did not take the mail (it says: " + said(answer) + ").", null);
        }
    }

    private static byte[] body(String from, List<String> to, byte[] message) {
        try {
            return MAPPER.writeValueAsBytes(Map.of(
                    "FromEmailAddress", from,
                    "Destination", Map.of("ToAddresses", to),
                    "Content", Map.of("Raw", Map.of("Data", Base64.getEncoder().encodeToString(message)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String said(SignedRequests.Answer answer) {
        try {
            JsonNode said = MAPPER.readTree(answer.body());
            JsonNode message = said.has("message") ? said.get("message") : said.path("Message");
            return message.asText().isBlank() ? "status " + answer.status() : message.asText();
        } catch (IOException e) {
            return "status " + answer.status();
        }
    }
}
