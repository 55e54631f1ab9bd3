package io.jenkins.plugins.ec2docker.terraform.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;

/** What is taken from one diagnostic, in an event or in the answer to {@code validate}; both have the same form. */
final class DiagnosticParser {
    @CheckForNull
    private String severity;
    @CheckForNull
    private String summary;
    @CheckForNull
    private String detail;
    @CheckForNull
    private String address;
    @CheckForNull
    private String file;
    private int line;

    /** @param first token of the value, at which the parser is; it is passed over if it begins no object */
    void read(JsonParser parser, JsonToken first) throws IOException {
        if (EventParser.isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "severity" -> severity = EventParser.text(parser);
                case "summary" -> summary = EventParser.text(parser);
                case "detail" -> detail = EventParser.text(parser);
                case "address" -> address = EventParser.text(parser);
                case "range" -> range(parser, value);
                default -> parser.skipChildren(); // "snippet" shows values of the configuration, perhaps secret ones
            }
        }
    }

    private void range(JsonParser parser, JsonToken first) throws IOException {
        if (EventParser.isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "filename" -> file = EventParser.text(parser);
                case "start" -> start(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void start(JsonParser parser, JsonToken first) throws IOException {
        if (EventParser.isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("line")) {
                line = EventParser.number(parser, value);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** @param level and @param message of the event it came in, which stand in where the diagnostic itself could not be read */
    Event.Diagnostic toDiagnostic(@CheckForNull String level, @CheckForNull String message) {
        boolean warning = severity == null ? "warn".equals(level) : severity.equals("warning");
        String text = summary != null ? summary : message == null ? "" : message;
        return new Event.Diagnostic(
                warning ? Event.Severity.WARNING : Event.Severity.ERROR, text, detail == null ? "" : detail, address, file, line);
    }
}
