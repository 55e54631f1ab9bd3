package io.jenkins.plugins.ec2docker.jenkins.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.provisioning.StoredJson;
import io.jenkins.plugins.ec2docker.request.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.RequestDocument;
import io.jenkins.plugins.ec2docker.request.RequestMap;
import io.jenkins.plugins.ec2docker.request.RequestParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a run works on, as it is written to disk: sealed, because environment values and users files hold secrets.
 *
 * @param request as it was accepted
 * @param usersCsv the users file, or null
 * @param backTo the earlier run whose request it is, or null
 */
record SealedOrder(ProvisionRequest request, byte[] usersCsv, String backTo) {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    byte[] seal() throws IOException {
        ObjectNode document = MAPPER.createObjectNode();
        document.set("request", MAPPER.valueToTree(RequestMap.of(request)));
        if (usersCsv != null) {
            document.put("users", usersCsv);
        }
        document.put("backTo", backTo);
        return new JenkinsSeal().seal(MAPPER.writeValueAsBytes(document));
    }

    static SealedOrder open(byte[] sealed) throws IOException {
        JsonNode document = MAPPER.readTree(new JenkinsSeal().open(sealed));
        try {
            String request = new String(MAPPER.writeValueAsBytes(document.get("request")), StandardCharsets.UTF_8);
            return new SealedOrder(
                    RequestParser.parse(RequestDocument.read(request, RequestDocument.Format.JSON)).orElseThrow(),
                    document.hasNonNull("users") ? document.get("users").binaryValue() : null,
                    document.path("backTo").asText(null));
        } catch (InvalidRequestException e) {
            throw new IOException("The stored request is not valid: " + e.getMessage(), e);
        }
    }
}
