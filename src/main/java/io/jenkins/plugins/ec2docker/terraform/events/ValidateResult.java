package io.jenkins.plugins.ec2docker.terraform.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code terraform validate -json} found.
 *
 * @param diagnostics errors and warnings, in Terraform's order
 */
public record ValidateResult(boolean valid, List<Event.Diagnostic> diagnostics) {
    private static final JsonFactory JSON = new JsonFactory();

    public ValidateResult {
        diagnostics = List.copyOf(diagnostics);
    }

    /** As {@link #read}; without diagnostics where the document is cut off, or none, as after a kill. */
    public static ValidateResult ofWhatWasPrinted(byte[] document) {
        try {
            return read(new ByteArrayInputStream(document));
        } catch (IOException e) {
            return new ValidateResult(false, List.of());
        }
    }

    /** @throws IOException the stream is no such document */
    public static ValidateResult read(InputStream json) throws IOException {
        List<Event.Diagnostic> diagnostics = new ArrayList<>();
        boolean valid = false;
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Terraform's answer to \"validate\" is empty or no JSON object.");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "valid" -> valid = value == JsonToken.VALUE_TRUE;
                    case "diagnostics" -> {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            DiagnosticParser fields = new DiagnosticParser();
                            fields.read(parser, JsonToken.START_OBJECT);
                            diagnostics.add(fields.toDiagnostic("error", null));
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("Terraform's answer to \"validate\" is cut off or no JSON (" + e.getOriginalMessage() + ").", e);
        }
        return new ValidateResult(valid, diagnostics);
    }
}
