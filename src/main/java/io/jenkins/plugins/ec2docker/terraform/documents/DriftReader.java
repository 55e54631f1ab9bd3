package io.jenkins.plugins.ec2docker.terraform.documents;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds in {@code terraform show -json PLAN} how AWS differs from what was applied: the plan of unchanged inputs is what would undo it, its
 * {@code before} being what AWS says and its {@code after} what the deployment says.
 *
 * <p>The document's own {@code resource_drift} does not serve: it also names all that AWS filled in after a resource was created, which is
 * so in every deployment ({@code show-unchanged.json} among the tests has nine such values).
 */
public final class DriftReader {
    private static final ObjectMapper TREES = new ObjectMapper();

    private DriftReader() {}

    /** @throws IOException the stream is no such document */
    public static List<DriftedAttribute> read(InputStream showJson) throws IOException {
        List<DriftedAttribute> found = new ArrayList<>();
        UnmanagedAttachments unmanaged = new UnmanagedAttachments();
        boolean whole = false;
        try (JsonParser parser = TREES.getFactory().createParser(showJson)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Terraform's description of the plan is empty or no JSON object.");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals("resource_changes")) {
                    whole = true;
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        JsonNode resource = TREES.readTree(parser);
                        if (resource.path("mode").asText().equals("managed")) {
                            compare(resource, found);
                            unmanaged.look(resource);
                        }
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("Terraform's description of the plan is cut off or no JSON (" + e.getOriginalMessage() + ").", e);
        }
        if (!whole) {
            throw new IOException("Terraform's description of the plan names no resources.");
        }
        found.addAll(unmanaged.found());
        return List.copyOf(found);
    }

    private static void compare(JsonNode resource, List<DriftedAttribute> found) {
        String address = resource.path("address").asText();
        JsonNode change = resource.path("change");
        JsonNode real = change.path("before");
        JsonNode recorded = change.path("after");
        if (real.isNull() && recorded.isObject()) {
            found.add(new DriftedAttribute(address, "", "there", "gone"));
        } else if (real.isObject() && recorded.isObject()) {
            new Comparison(address, found).values(
                    "", recorded, real, change.path("after_unknown"), change.path("after_sensitive"), change.path("before_sensitive"));
            String state = real.path("instance_state").asText("running");
            if (resource.path("type").asText().equals("aws_instance") && !state.equals("running")) {
                found.add(new DriftedAttribute(address, "instance_state", "running", state));
            }
        }
    }

    /** The values of one resource, down to the ones that differ. */
    private record Comparison(String address, List<DriftedAttribute> found) {

        void values(String path, JsonNode recorded, JsonNode real, JsonNode unknown, JsonNode hidden, JsonNode alsoHidden) {
            // A value that is not known before an apply is AWS's to choose, so it cannot be said to differ.
            if (unknown.asBoolean(false) || same(recorded, real)) {
                return;
            }
            boolean sensitive = hidden.asBoolean(false) || alsoHidden.asBoolean(false);
            if (!sensitive && recorded.isObject() && real.isObject()) {
                Set<String> names = new TreeSet<>();
                recorded.fieldNames().forEachRemaining(names::add);
                real.fieldNames().forEachRemaining(names::add);
                for (String name : names) {
                    // "tags_all" holds them too, with those that everything here carries.
                    if (!(path.isEmpty() && name.equals("tags") && real.has("tags_all"))) {
                        values(path.isEmpty() ? name : path + "." + name,
                                recorded.path(name), real.path(name), unknown.path(name), hidden.path(name), alsoHidden.path(name));
                    }
                }
            } else if (!sensitive && recorded.isArray() && real.isArray() && recorded.size() == real.size()) {
                for (int i = 0; i < recorded.size(); i++) {
                    values(path + "[" + i + "]", recorded.path(i), real.path(i), unknown.path(i), hidden.path(i), alsoHidden.path(i));
                }
            } else {
                found.add(new DriftedAttribute(address, path, text(recorded, sensitive), text(real, sensitive)));
            }
        }

        /** Absent, null and empty are one and the same to AWS. */
        private static boolean same(JsonNode a, JsonNode b) {
            return a.equals(b) || isNothing(a) && isNothing(b);
        }

        private static boolean isNothing(JsonNode value) {
            return value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty()
                    || value.isTextual() && value.asText().isEmpty();
        }

        private static String text(JsonNode value, boolean sensitive) {
            if (sensitive) {
                return PlanReader.MASK;
            }
            return isNothing(value) ? DriftedAttribute.NOTHING : value.isValueNode() ? value.asText() : value.toString();
        }
    }
}
