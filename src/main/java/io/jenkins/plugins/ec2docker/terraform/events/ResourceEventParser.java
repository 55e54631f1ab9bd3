package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the events that come in thousands, those of single resources, straight from a line's bytes: Terraform writes them in one fixed form.
 * A line of any other form is left to {@link EventParser}, which gives the same events, only more slowly.
 */
final class ResourceEventParser {
    private static final byte[] MESSAGE = bytes("{\"@level\":\"info\",\"@message\":\"");
    private static final byte[] TIME = bytes(",\"@module\":\"terraform.ui\",\"@timestamp\":\"");
    private static final byte[] HOOK = bytes(",\"hook\":{\"resource\":{\"addr\":\"");
    private static final byte[] CHANGE = bytes(",\"change\":{\"resource\":{\"addr\":\"");
    private static final byte[] MODULE = bytes(",\"module\":\"");
    private static final byte[] RESOURCE = bytes(",\"resource\":\"");
    private static final byte[] PROVIDER = bytes(",\"implied_provider\":\"");
    private static final byte[] RESOURCE_TYPE = bytes(",\"resource_type\":\"");
    private static final byte[] NAME = bytes(",\"resource_name\":\"");
    private static final byte[] KEY = bytes(",\"resource_key\":");
    private static final byte[] NULL = bytes("null");
    private static final byte[] END = bytes("}");
    private static final byte[] ACTION = bytes(",\"action\":\"");
    private static final byte[] REASON = bytes(",\"reason\":\"");
    private static final byte[] ID_KEY = bytes(",\"id_key\":\"");
    private static final byte[] ID = bytes(",\"id_value\":\"");
    private static final byte[] ELAPSED = bytes(",\"elapsed_seconds\":");
    private static final byte[] TYPE = bytes("},\"type\":\"");
    private static final ByteSearch QUOTE = new ByteSearch('"');
    private static final ByteSearch ESCAPE = new ByteSearch('\\');
    /** More digits might not fit an int. */
    private static final int MOST_DIGITS = 9;

    private final byte[] line;
    private final int end;
    private int next;
    /** False from the first thing on that is not of the form; what is read after that means nothing. */
    private boolean fits = true;

    private ResourceEventParser(byte[] line, int from, int to) {
        this.line = line;
        this.next = from;
        this.end = to;
    }

    /** Null for a line that is not of the form. */
    @CheckForNull
    static Event read(byte[] line, int from, int to) {
        return new ResourceEventParser(line, from, to).event();
    }

    @CheckForNull
    private Event event() {
        expect(MESSAGE);
        passText();
        expect(TIME);
        int time = next;
        passText();
        if (!fits) {
            return null; // most lines of other forms end here
        }
        String at = string(time, next - 1);
        boolean planned = has(CHANGE);
        if (!planned) {
            expect(HOOK);
        }
        String address = text();
        expect(MODULE);
        passText();
        expect(RESOURCE);
        passText();
        expect(PROVIDER);
        passText();
        expect(RESOURCE_TYPE);
        String type = text();
        expect(NAME);
        passText();
        expect(KEY);
        if (!has(NULL)) {
            number();
        }
        expect(END);
        ChangeAction action = has(ACTION) ? ChangeAction.ofEvent(text()) : ChangeAction.OTHER;
        String reason = has(REASON) ? text() : null;
        if (has(ID_KEY)) {
            passText();
        }
        String id = has(ID) ? text() : null;
        int elapsed = has(ELAPSED) ? number() : 0;
        expect(TYPE);
        String event = text();
        expect(END);
        if (!fits || next != end || address.isEmpty() || planned != event.equals("planned_change")) {
            return null;
        }
        return switch (event) {
            case "planned_change" -> new Event.PlannedChange(address, type, action, reason);
            case "apply_start" -> new Event.ApplyStart(address, type, action, id, at);
            case "apply_progress" -> new Event.ApplyProgress(address, type, action, elapsed);
            case "apply_complete" -> new Event.ApplyComplete(address, type, action, id, elapsed);
            case "apply_errored" -> new Event.ApplyErrored(address, type, action, elapsed);
            case "refresh_start" -> new Event.RefreshStart(address, type, id);
            case "refresh_complete" -> new Event.RefreshComplete(address, type, id);
            default -> null;
        };
    }

    private void expect(byte[] bytes) {
        fits &= has(bytes);
    }

    /** Passes over these bytes if they come next. */
    private boolean has(byte[] bytes) {
        int to = next + bytes.length;
        if (!fits || to > end || !Arrays.equals(line, next, to, bytes, 0, bytes.length)) {
            return false;
        }
        next = to;
        return true;
    }

    private String text() {
        int from = next;
        passText();
        fits = fits && ESCAPE.indexIn(line, from, next) < 0;
        return fits ? string(from, next - 1) : "";
    }

    /** Passes over the rest of a string, its closing quote too. A string that may go on after a quote is not of the form. */
    private void passText() {
        int quote = fits ? QUOTE.indexIn(line, next, end) : -1;
        fits = quote > 0 && line[quote - 1] != '\\' && quote - next <= EventReader.LONGEST_TEXT;
        next = quote + 1;
    }

    private String string(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private int number() {
        int value = 0;
        int from = next;
        while (next < end && line[next] >= '0' && line[next] <= '9') {
            value = 10 * value + line[next++] - '0';
        }
        fits &= next > from && next - from <= MOST_DIGITS;
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
