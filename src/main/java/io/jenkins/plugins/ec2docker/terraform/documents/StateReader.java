package io.jenkins.plugins.ec2docker.terraform.documents;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what matters of a Terraform state, format version 4, without holding its values, which are secrets in part. */
public final class StateReader {
    private static final JsonFactory JSON = new JsonFactory();

    private StateReader() {}

    /** What was found where a state should be. */
    public sealed interface Reading {
        record State(StateContent version) implements Reading {}

        /** No file, or one of no bytes: Terraform takes both for "nothing exists yet". */
        record Nothing() implements Reading {}

        /** @param reason a sentence */
        record Unusable(String reason) implements Reading {}
    }

    /** @throws IOException the file is there but cannot be read, for reasons of the disk or of permissions */
    public static Reading read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (NoSuchFileException e) {
            return new Reading.Nothing();
        }
    }

    /** Whether a state can be read; one that Terraform was stopped in writing cannot. */
    public static boolean isWhole(byte[] state) throws IOException {
        return read(new ByteArrayInputStream(state)) instanceof Reading.State;
    }

    public static Reading read(InputStream state) throws IOException {
        try (JsonParser parser = JSON.createParser(state)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Reading.Nothing();
            }
            if (first != JsonToken.START_OBJECT) {
                return new Reading.Unusable("The state file is no Terraform state: it does not hold a JSON object.");
            }
            return new Fields().read(parser);
        } catch (JacksonException e) {
            return new Reading.Unusable("The state file is damaged or cut off (" + e.getOriginalMessage().lines().findFirst().orElse("")
                    + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr()) + ").");
        }
    }

    private static final class Fields {
        private int format = -1;
        private long serial = -1;
        @CheckForNull
        private String lineage;
        @CheckForNull
        private String terraform;
        private final List<StateContent.Instance> instances = new ArrayList<>();

        Reading read(JsonParser parser) throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "version" -> format = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
                    case "serial" -> serial = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
                    case "lineage" -> lineage = parser.getText();
                    case "terraform_version" -> terraform = parser.getText();
                    case "resources" -> resources(parser, value);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                return new Reading.Unusable("The state file is damaged: something follows after its end.");
            }
            if (format != 4) {
                return new Reading.Unusable(format < 0
                        ? "The state file is no Terraform state: it has no format version."
                        : "The state file has format version " + format + "; version 4 (since Terraform 0.12) can be read.");
            }
            if (lineage == null || serial < 0) {
                return new Reading.Unusable("The state file is damaged: its lineage or serial is missing.");
            }
            return new Reading.State(new StateContent(lineage, serial, terraform, instances));
        }

        private void resources(JsonParser parser, JsonToken first) throws IOException {
            if (first != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                String module = null;
                String mode = null;
                String type = "";
                String resource = "";
                List<InstanceFields> found = List.of();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken value = parser.nextToken();
                    switch (name) {
                        case "module" -> module = parser.getText();
                        case "mode" -> mode = parser.getText();
                        case "type" -> type = parser.getText();
                        case "name" -> resource = parser.getText();
                        case "instances" -> found = instances(parser, value);
                        default -> parser.skipChildren();
                    }
                }
                if ("managed".equals(mode)) {
                    String base = (module == null ? "" : module + ".") + type + "." + resource;
                    for (InstanceFields fields : found) {
                        instances.add(new StateContent.Instance(base + fields.key, type, fields.id, fields.tainted, fields.deposed));
                    }
                }
            }
        }

        private static List<InstanceFields> instances(JsonParser parser, JsonToken first) throws IOException {
            List<InstanceFields> found = new ArrayList<>();
            if (first != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return found;
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                InstanceFields fields = new InstanceFields();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken value = parser.nextToken();
                    switch (name) {
                        case "index_key" ->
                                fields.key = value.isNumeric() ? "[" + parser.getText() + "]" : "[\"" + parser.getText() + "\"]";
                        case "status" -> fields.tainted = parser.getText().equals("tainted");
                        case "deposed" -> fields.deposed = true;
                        case "attributes", "attributes_flat" -> fields.id = id(parser, value);
                        default -> parser.skipChildren();
                    }
                }
                found.add(fields);
            }
            return found;
        }

        @CheckForNull
        private static String id(JsonParser parser, JsonToken first) throws IOException {
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            String id = null;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("id") && value == JsonToken.VALUE_STRING) {
                    id = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            return id;
        }
    }

    private static final class InstanceFields {
        private String key = "";
        @CheckForNull
        private String id;
        private boolean tainted;
        private boolean deposed;
    }
}
