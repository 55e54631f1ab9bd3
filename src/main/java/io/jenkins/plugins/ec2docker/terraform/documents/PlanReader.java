package io.jenkins.plugins.ec2docker.terraform.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code terraform show -json PLAN} prints. It prints everything it knows, secrets in clear and most of it several times; held at any
 * moment is one resource's planned values, and kept are those with every sensitive value masked. Format: Terraform's "JSON output format" page.
 */
public final class PlanReader {
    /** Stands for a value that Terraform or the provider calls sensitive. */
    public static final String MASK = "****";

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final JsonFactory JSON = TREES.getFactory();

    private PlanReader() {}

    /** @throws IOException the stream is no such document (empty, cut off, no JSON): a sentence that says so */
    public static Plan read(InputStream showJson) throws IOException {
        List<PlannedResource> resources = new ArrayList<>();
        String version = null;
        String format = null;
        boolean applyable = true;
        try (JsonParser parser = JSON.createParser(showJson)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Terraform's description of the plan is empty or no JSON object.");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "format_version" -> format = parser.getText();
                    case "terraform_version" -> version = parser.getText();
                    case "applyable" -> applyable = parser.getBooleanValue();
                    case "resource_changes" -> resources(parser, resources);
                    default -> parser.skipChildren();
                }
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException("Terraform's description of the plan is cut off or no JSON (" + e.getOriginalMessage() + ").", e);
        }
        // "1.x may gain fields; a new major version may mean anything": the format's own compatibility promise.
        if (format == null || !format.startsWith("1.")) {
            throw new IOException("Terraform's description of the plan has format version " + format + "; version 1 can be read.");
        }
        return new Plan(version, applyable, resources);
    }

    private static void resources(JsonParser parser, List<PlannedResource> resources) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String address = null;
            String type = null;
            String mode = null;
            String reason = null;
            Change change = new Change();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "address" -> address = parser.getText();
                    case "type" -> type = parser.getText();
                    case "mode" -> mode = parser.getText();
                    case "action_reason" -> reason = parser.getText();
                    case "change" -> change.read(parser);
                    default -> parser.skipChildren();
                }
            }
            if ("managed".equals(mode)) {
                if (address == null || type == null) {
                    throw new IOException("Terraform's description of the plan has a resource without address or type.");
                }
                resources.add(new PlannedResource(address, type, ChangeAction.ofPlan(change.actions), change.masked(), reason));
            }
        }
    }

    /** The "change" of one resource; what was before is passed over. */
    private static final class Change {
        private List<String> actions = List.of();
        @CheckForNull
        private JsonNode after;
        @CheckForNull
        private JsonNode sensitive;

        void read(JsonParser parser) throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "actions" -> {
                        actions = new ArrayList<>();
                        while (parser.nextToken() == JsonToken.VALUE_STRING) {
                            actions.add(parser.getText());
                        }
                    }
                    case "after" -> after = TREES.readTree(parser);
                    case "after_sensitive" -> sensitive = TREES.readTree(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        @CheckForNull
        JsonNode masked() {
            return after == null || after.isNull() ? null : mask(after, sensitive);
        }
    }

    /** "after_sensitive" has the shape of "after", with true in place of each sensitive value or of a whole part that is sensitive. */
    private static JsonNode mask(JsonNode value, @CheckForNull JsonNode sensitive) {
        if (sensitive == null || value.isNull()) {
            return value;
        }
        if (sensitive.isBoolean()) {
            return sensitive.booleanValue() ? TextNode.valueOf(MASK) : value;
        }
        if (value instanceof ObjectNode object && sensitive.isObject()) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                masked.set(field.getKey(), mask(field.getValue(), sensitive.get(field.getKey())));
            }
            return masked;
        }
        if (value instanceof ArrayNode array && sensitive.isArray()) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode(array.size());
            for (int i = 0; i < array.size(); i++) {
                masked.add(mask(array.get(i), sensitive.get(i)));
            }
            return masked;
        }
        return value;
    }
}
