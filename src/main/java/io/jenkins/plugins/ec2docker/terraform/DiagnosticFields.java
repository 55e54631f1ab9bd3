package io.jenkins.plugins.ec2docker.terraform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What is taken from one diagnostic, in an event or in the answer to {@code validate}; both have the same form. */
final class DiagnosticFields {
    private String severity;
    private String summary;
    private String detail;
    private String address;
    private String file;
    private int line;

    /** @param first token of the value, at which the parser is; it is passed over if it begins no object */
    void read(JsonParser parser, JsonToken first) throws IOException {
        if (EventFields.isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "severity" -> severity = EventFields.text(parser);
                case "summary" -> summary = EventFields.text(parser);
                case "detail" -> detail = EventFields.text(parser);
                case "address" -> address = EventFields.text(parser);
                case "range" -> range(parser, value);
                default -> parser.skipChildren(); // "snippet" shows values of the configuration, perhaps secret ones
            }
        }
    }

    private void range(JsonParser parser, JsonToken first) throws IOException {
        if (EventFields.isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "filename" -> file = EventFields.text(parser);
                case "start" -> start(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void start(JsonParser parser, JsonToken first) throws IOException {
        if (EventFields.isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("line")) {
                line = EventFields.number(parser, value);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** @param level and @param message of the event it came in, which stand in where the diagnostic itself could not be read */
    Event.Diagnostic toDiagnostic(String level, String message) {
        boolean warning = severity == null ? "warn".equals(level) : severity.equals("warning");
        String text = summary != null ? summary : message == null ? "" : message;
        return new Event.Diagnostic(
                warning ? Event.Severity.WARNING : Event.Severity.ERROR, text, detail == null ? "" : detail, address, file, line);
    }
}
