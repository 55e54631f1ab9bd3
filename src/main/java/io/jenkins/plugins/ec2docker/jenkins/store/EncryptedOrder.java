package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.request.users.InvalidUsersFileException;
import io.jenkins.plugins.ec2docker.request.users.UsersFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run works on, as it is written to disk: sealed, because environment values and users files hold secrets.
 *
 * @param stored the request as it was accepted
 * @param usersCsv the users file, or null
 * @param backTo the earlier run whose request it is, or null
 * @param usersSource where the users file is from, for people to read; null where there is none, and for orders of earlier versions
 */
public record EncryptedOrder(
        StoredRequest stored, @CheckForNull byte[] usersCsv, @CheckForNull String backTo, @CheckForNull String usersSource) {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    public ProvisionRequest request() {
        return stored.request();
    }

    /** Which users file it is and how many users that has, as in {@code users.csv: 12 users}; empty where there is none. */
    public Optional<String> users() {
        if (usersCsv == null) {
            return Optional.empty();
        }
        String source = usersSource == null ? "" : usersSource + ": ";
        try {
            long rows = UsersFile.check(new ByteArrayInputStream(usersCsv)).rows();
            return Optional.of(source + rows + (rows == 1 ? " user" : " users"));
        } catch (InvalidUsersFileException | IOException e) {
            // A file of long ago that breaks a rule of today.
            return Optional.of(source + usersCsv.length + " bytes");
        }
    }

    public byte[] seal() throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("request", stored.document());
        if (usersCsv != null) {
            document.put("users", usersCsv);
        }
        document.put("backTo", backTo);
        document.put("usersSource", usersSource);
        return new JenkinsEncryption().seal(MAPPER.writeValueAsBytes(document));
    }

    /**
     * @param name the deployment's name, used where the request has none that can be read
     * @param blueprint the deployment's blueprint, used in the same way
     * @param region the deployment's Region, used in the same way
     * @throws IOException if it cannot be decrypted or is no JSON; never because of what the request says
     */
    public static EncryptedOrder open(byte[] sealed, String name, String blueprint, String region) throws IOException {
        try {
            Map<String, Object> document = StoredJson.document(new JenkinsEncryption().open(sealed));
            Map<String, Object> request = new LinkedHashMap<>();
            if (document.get("request") instanceof Map<?, ?> given) {
                given.forEach((field, value) -> request.put(field.toString(), value));
            }
            return new EncryptedOrder(
                    StoredRequest.read(request, name, blueprint, region),
                    document.get("users") instanceof String users ? Base64.getDecoder().decode(users) : null,
                    document.get("backTo") instanceof String backTo ? backTo : null,
                    document.get("usersSource") instanceof String source ? source : null);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("The stored request cannot be read: " + e.getMessage(), e);
        }
    }
}
