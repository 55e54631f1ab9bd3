package io.jenkins.plugins.ec2docker.aws.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who holds a state, as Terraform's backends write it down.
 *
 * @param operation what for, such as {@code OperationTypeApply}
 * @param who user and machine
 * @param created when it was taken, as text
 */
public record TerraformLockInfo(String id, String operation, String who, String created) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OURS = "ec2-docker-";

    /** One of this product's own, for a moment. Only taken with the deployment's lock in hand. */
    static TerraformLockInfo ours(String id, String who, Instant now) {
        return new TerraformLockInfo(OURS + id, "copy", who, now.toString());
    }

    /** Whether this product took it for a moment: whoever has the deployment's lock then finds it only if that moment ended by a kill. */
    boolean isOurs() {
        return id.startsWith(OURS);
    }

    /** What cannot be read is a lock all the same. */
    static TerraformLockInfo read(byte[] json) {
        try {
            JsonNode info = MAPPER.readTree(json);
            return new TerraformLockInfo(info.path("ID").asText(), info.path("Operation").asText(), info.path("Who").asText(),
                    info.path("Created").asText());
        } catch (IOException e) {
            return new TerraformLockInfo("", "unknown", "somebody", "");
        }
    }

    byte[] json(String path) {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("ID", id);
        info.put("Operation", operation);
        info.put("Info", "");
        info.put("Who", who);
        info.put("Version", "1.10.0");
        info.put("Created", created);
        info.put("Path", path);
        try {
            return MAPPER.writeValueAsBytes(info);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the end of a sentence. */
    @Override
    public String toString() {
        return (who.isEmpty() ? "somebody" : who) + (created.isEmpty() ? "" : " since " + created.replaceAll("\\.\\d+", ""))
                + (operation.isEmpty() ? "" : " (" + operation.replaceFirst("^OperationType", "").toLowerCase(java.util.Locale.ROOT) + ")")
                + (id.isEmpty() ? "" : ", lock " + id);
    }
}
