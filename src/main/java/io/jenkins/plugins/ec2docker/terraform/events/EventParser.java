package io.jenkins.plugins.ec2docker.terraform.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import java.io.IOException;

/**
 * What is taken from one line of JSON. Terraform writes an event's type last, so the fields are gathered first and become an {@link Event}
 * at the end; everything else is passed over without being stored.
 */
final class EventParser {
    /** Apart, because loading it takes longer than reading ten thousand events. */
    private static final class Trees {
        static final ObjectMapper JSON = new ObjectMapper();
    }

    @CheckForNull
    private String type;
    @CheckForNull
    private String level;
    @CheckForNull
    private String message;
    @CheckForNull
    private String at;
    @CheckForNull
    private String address;
    @CheckForNull
    private String resourceType;
    @CheckForNull
    private String action;
    @CheckForNull
    private String reason;
    @CheckForNull
    private String id;
    private int elapsed;
    private int add;
    private int change;
    private int remove;
    @CheckForNull
    private String operation;
    @CheckForNull
    private DiagnosticParser diagnostic;

    /** Reads the object that the parser has just entered, to its end. */
    void read(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "type" -> type = text(parser);
                case "@level" -> level = text(parser);
                case "@message" -> message = text(parser);
                case "@timestamp" -> at = text(parser);
                case "hook", "change" -> hook(parser, value);
                case "changes" -> changes(parser, value);
                case "diagnostic" -> {
                    diagnostic = new DiagnosticParser();
                    diagnostic.read(parser, value);
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void hook(JsonParser parser, JsonToken first) throws IOException {
        if (isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "resource" -> resource(parser, value);
                case "action" -> action = text(parser);
                case "reason" -> reason = text(parser);
                case "id_value" -> id = text(parser);
                case "elapsed_seconds" -> elapsed = number(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void resource(JsonParser parser, JsonToken first) throws IOException {
        if (isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "addr" -> address = text(parser);
                case "resource_type" -> resourceType = text(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void changes(JsonParser parser, JsonToken first) throws IOException {
        if (isNoObject(parser, first)) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "add" -> add = number(parser, value);
                case "change" -> change = number(parser, value);
                case "remove" -> remove = number(parser, value);
                case "operation" -> operation = text(parser);
                default -> parser.skipChildren();
            }
        }
    }

    /** Passes over a value that begins no object. */
    static boolean isNoObject(JsonParser parser, JsonToken first) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            return false;
        }
        parser.skipChildren();
        return true;
    }

    /** Null for a value of another kind, which is passed over. */
    @CheckForNull
    static String text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        return EventReader.shorten(parser.getText());
    }

    /** 0 for a value of another kind, which is passed over. */
    static int number(JsonParser parser, JsonToken value) throws IOException {
        if (value.isNumeric()) {
            return (int) parser.getDoubleValue();
        }
        parser.skipChildren();
        return 0;
    }

    /** Null for a type that nobody here needs. */
    @CheckForNull
    Event toEvent() {
        return switch (type == null ? "" : type) {
            case "planned_change" -> new Event.PlannedChange(address(), orEmpty(resourceType), ChangeAction.ofEvent(action), reason);
            case "change_summary" -> new Event.ChangeSummary(add, change, remove, orEmpty(operation));
            case "apply_start" -> new Event.ApplyStart(address(), orEmpty(resourceType), ChangeAction.ofEvent(action), id, at);
            case "apply_progress" -> new Event.ApplyProgress(address(), orEmpty(resourceType), ChangeAction.ofEvent(action), elapsed);
            case "apply_complete" -> new Event.ApplyComplete(address(), orEmpty(resourceType), ChangeAction.ofEvent(action), id, elapsed);
            case "apply_errored" -> new Event.ApplyErrored(address(), orEmpty(resourceType), ChangeAction.ofEvent(action), elapsed);
            case "refresh_start" -> new Event.RefreshStart(address(), orEmpty(resourceType), id);
            case "refresh_complete" -> new Event.RefreshComplete(address(), orEmpty(resourceType), id);
            case "diagnostic" -> diagnostic();
            case "log" -> new Event.Log(orEmpty(level), orEmpty(message));
            // Without a type: nothing of Terraform's, or the readable part of a line that is too long. An error is shown all the same.
            case "" -> "error".equals(level) && message != null ? diagnostic() : null;
            default -> null;
        };
    }

    private Event.Diagnostic diagnostic() {
        return (diagnostic == null ? new DiagnosticParser() : diagnostic).toDiagnostic(level, message);
    }

    private String address() {
        return address == null || address.isEmpty() ? "(unnamed)" : address;
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }
}
