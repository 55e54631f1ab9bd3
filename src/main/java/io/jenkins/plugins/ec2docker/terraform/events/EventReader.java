package io.jenkins.plugins.ec2docker.terraform.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads Terraform's {@code -json} output as a stream of events, in memory that does not grow with it: one parser for all lines, no tree (but
 * of outputs), texts cut. A line that is no event never ends the reading.
 */
public final class EventReader {
    /** Of a text in an event, in characters. EC2 user data (16 KiB, in base64) fits, which Terraform prints whole in one of its errors. */
    public static final int LONGEST_TEXT = 32 * 1024;
    /** Bytes of a line that is still read as JSON; of a longer one only the beginning is used. */
    static final int LONGEST_LINE = 8 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_LINE).build())
            .build();

    private final LineInputStream lines;
    /** Goes on from line to line; null at first and after a line that it could not read. */
    @CheckForNull
    private JsonParser parser;
    @CheckForNull
    private Event current;

    EventReader(InputStream in) {
        this.lines = new LineInputStream(in, LONGEST_LINE);
    }

    /** Reads to the end of the stream, which stays open. Types of events that this program does not use are passed over. */
    public static void read(InputStream in, Consumer<Event> consumer) throws IOException {
        EventReader reader = new EventReader(in);
        while (reader.next()) {
            consumer.accept(reader.current());
        }
    }

    /** Goes to the next event; false at the end of the stream. */
    boolean next() throws IOException {
        while (lines.next()) {
            current = read();
            if (current != null) {
                return true;
            }
        }
        return false;
    }

    /** The event that {@link #next} has just found. */
    Event current() {
        return Objects.requireNonNull(current);
    }

    /** Bytes of the stream up to the end of the current event's line. */
    long consumed() throws IOException {
        lines.finish();
        return lines.consumed();
    }

    @CheckForNull
    private Event read() throws IOException {
        Event quick = lines.resourceEvent();
        if (quick != null) {
            return quick;
        }
        int first = lines.first();
        if (first != '{') {
            return first < 0 ? null : unreadable();
        }
        JsonParser json = parser == null ? JSON.createParser((InputStream) lines) : parser;
        parser = json;
        try {
            json.nextToken();
            EventParser fields = new EventParser();
            fields.read(json);
            boolean restInParser = json.releaseBuffered(OutputStream.nullOutputStream()) > 0;
            return restInParser || lines.read() >= 0 ? unreadable() : fields.toEvent();
        } catch (JacksonException | LineInputStream.TooLong e) {
            json.close();
            parser = null;
            return beginningOf(unreadable());
        }
    }

    private Event.Unreadable unreadable() throws IOException {
        lines.finish();
        byte[] beginning = lines.beginning();
        String text = new String(beginning, 0, Math.min(beginning.length, LONGEST_TEXT), StandardCharsets.UTF_8);
        return new Event.Unreadable(text, lines.lineBytes());
    }

    /** An error whose line is too long or cut off is still told, as far as its beginning can be read. */
    private Event beginningOf(Event.Unreadable unreadable) {
        byte[] beginning = lines.beginning();
        EventParser fields = new EventParser();
        int cut = endOfCharacter(beginning);
        byte[] closed = Arrays.copyOf(beginning, cut + 1);
        closed[cut] = '"';
        try (JsonParser again = JSON.createParser(closed)) {
            again.nextToken();
            fields.read(again);
        } catch (IOException e) {
            // As expected: it ends too early. What came before that is in the fields.
        }
        Event event = fields.toEvent();
        return event instanceof Event.Diagnostic ? event : unreadable;
    }

    /** The last place where a JSON string may be cut: not inside an escape sequence, not inside a character of several bytes. */
    private static int endOfCharacter(byte[] bytes) {
        int longestEscape = 12; // a pair of surrogates, as in \\ud83d\\ude00
        for (int cut = bytes.length; cut > longestEscape; cut--) {
            boolean plain = true;
            for (int i = cut - longestEscape; i < cut; i++) {
                plain &= bytes[i] != '\\' && bytes[i] >= 0;
            }
            if (plain) {
                return cut;
            }
        }
        return bytes.length;
    }

    static String shorten(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "... (" + (text.length() - LONGEST_TEXT) + " more characters)";
    }
}
