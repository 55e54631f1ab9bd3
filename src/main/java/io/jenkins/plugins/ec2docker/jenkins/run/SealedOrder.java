package io.jenkins.plugins.ec2docker.jenkins.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.provisioning.StoredJson;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.StoredRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run works on, as it is written to disk: sealed, because environment values and users files hold secrets.
 *
 * @param stored the request as it was accepted
 * @param usersCsv the users file, or null
 * @param backTo the earlier run whose request it is, or null
 */
record SealedOrder(StoredRequest stored, byte[] usersCsv, String backTo) {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    ProvisionRequest request() {
        return stored.request();
    }

    byte[] seal() throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("request", stored.document());
        if (usersCsv != null) {
            document.put("users", usersCsv);
        }
        document.put("backTo", backTo);
        return new JenkinsSeal().seal(MAPPER.writeValueAsBytes(document));
    }

    /**
     * @param name the deployment's name, used where the request has none that can be read
     * @param blueprint the deployment's blueprint, used in the same way
     * @param region the deployment's Region, used in the same way
     * @throws IOException if it cannot be decrypted or is no JSON; never because of what the request says
     */
    static SealedOrder open(byte[] sealed, String name, String blueprint, String region) throws IOException {
        try {
            Map<String, Object> document = StoredJson.document(new JenkinsSeal().open(sealed));
            Map<String, Object> request = new LinkedHashMap<>();
            if (document.get("request") instanceof Map<?, ?> given) {
                given.forEach((field, value) -> request.put(field.toString(), value));
            }
            return new SealedOrder(
                    StoredRequest.read(request, name, blueprint, region),
                    document.get("users") instanceof String users ? Base64.getDecoder().decode(users) : null,
                    document.get("backTo") instanceof String backTo ? backTo : null);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("The stored request cannot be read: " + e.getMessage(), e);
        }
    }
}
