package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final String RESOURCE = "\"resource\":{\"addr\":\"aws_eip.this\",\"module\":\"\",\"resource\":\"aws_eip.this\","
            + "\"implied_provider\":\"aws\",\"resource_type\":\"aws_eip\",\"resource_name\":\"this\",\"resource_key\":null}";
    private static final Event.ApplyComplete COMPLETE =
            new Event.ApplyComplete("aws_eip.this", "aws_eip", ChangeAction.CREATE, "eipalloc-1", 1);

    @Test
    void an_apply_as_recorded() {
        List<Event> events = Recorded.events("apply-replace.jsonl");

        assertThat(events).startsWith(
                new Event.PlannedChange("aws_instance.this", "aws_instance", ChangeAction.REPLACE, "cannot_update"),
                new Event.PlannedChange("aws_eip_association.this[0]", "aws_eip_association", ChangeAction.REPLACE, "cannot_update"));
        assertThat(events).filteredOn(Event.ApplyStart.class::isInstance).map(Event.ApplyStart.class::cast)
                .allSatisfy(start -> assertThat(start.at()).startsWith("20").endsWith("Z"))
                .extracting(Event.ApplyStart::address, Event.ApplyStart::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("aws_eip_association.this[0]", ChangeAction.DELETE),
                        org.assertj.core.groups.Tuple.tuple("aws_instance.this", ChangeAction.CREATE),
                        org.assertj.core.groups.Tuple.tuple("aws_eip_association.this[0]", ChangeAction.CREATE),
                        org.assertj.core.groups.Tuple.tuple("aws_instance.this", ChangeAction.DELETE));
        assertThat(events).contains(
                new Event.ApplyProgress("aws_instance.this", "aws_instance", ChangeAction.CREATE, 10),
                new Event.ChangeSummary(2, 0, 2, "apply"));
        assertThat(events).filteredOn(Event.ApplyComplete.class::isInstance).map(event -> ((Event.ApplyComplete) event).id())
                .filteredOn(id -> id != null).anyMatch(id -> id.startsWith("i-"));
        assertThat(events).endsWith(new Event.ChangeSummary(2, 0, 2, "apply"));
    }

    @Test
    void a_failed_apply_as_recorded() {
        assertThat(Recorded.events("apply-no-such-key.jsonl")).filteredOn(Event.Diagnostic.class::isInstance).singleElement()
                .satisfies(event -> {
                    Event.Diagnostic diagnostic = (Event.Diagnostic) event;
                    assertThat(diagnostic.severity()).isEqualTo(Event.Severity.ERROR);
                    assertThat(diagnostic.summary()).startsWith("creating EC2 Instance: operation error EC2: RunInstances");
                    assertThat(diagnostic.address()).isEqualTo("aws_instance.this");
                    assertThat(diagnostic.file()).isEqualTo("main.tf");
                    assertThat(diagnostic.line()).isPositive();
                });
        assertThat(Recorded.events("apply-no-such-key.jsonl")).filteredOn(Event.ApplyErrored.class::isInstance).hasSize(1);
    }

    @Test
    void every_recorded_stream_is_read_without_an_unreadable_line() {
        for (String name : List.of("init", "plan-create", "apply-create", "apply-destroy", "plan-bad-variable", "plan-unreachable",
                "plan-no-credentials", "init-no-such-provider")) {
            assertThat(Recorded.events(name + ".jsonl")).as(name).isNotEmpty().noneMatch(Event.Unreadable.class::isInstance);
        }
    }

    @Test
    void fields_in_another_order_give_the_same_event() {
        assertThat(Recorded
                .eventsIn("{\"type\":\"apply_complete\",\"hook\":{\"elapsed_seconds\":1,\"id_value\":\"eipalloc-1\",\"action\":\"create\","
                        + RESOURCE + "},\"@message\":\"m\"}\n"))
                .containsExactly(COMPLETE);
    }

    @Test
    void a_message_that_looks_like_the_fields_behind_it_is_only_a_message() {
        String message = "x,\\\"hook\\\":{\\\"action\\\":\\\"delete\\\"},\\\"type\\\":\\\"apply_start\\\"}";
        String line = "{\"@level\":\"info\",\"@message\":\"" + message
                + "\",\"@module\":\"terraform.ui\",\"@timestamp\":\"2026-11-21T03:52:31Z\","
                + "\"hook\":{" + RESOURCE
                + ",\"action\":\"create\",\"id_value\":\"eipalloc-1\",\"elapsed_seconds\":1},\"type\":\"apply_complete\"}";

        assertThat(Recorded.eventsIn(line)).containsExactly(COMPLETE);
    }

    @Test
    void unknown_types_unknown_fields_and_wrong_kinds_are_passed_over() {
        assertThat(Recorded.eventsIn("""
                {"@level":"info","@message":"new","type":"from_the_future","hook":{"resource":[1,2]}}
                {"@level":"info","@message":"m","type":"apply_complete","hook":7}
                {"type":"change_summary","changes":{"add":"many","change":2,"remove":null,"operation":"plan","news":{"a":[{}]}}}
                {"type":"outputs","outputs":{"a":1,"z":[{"value":1}],"b":{"value":{"c":[true]},"sensitive":false,"type":"string"}}}
                {"@message":"neither type nor level"}
                """)).extracting(Object::toString).containsExactly(
                "ApplyComplete[address=(unnamed), type=, action=OTHER, id=null, elapsedSeconds=0]",
                "ChangeSummary[add=0, change=2, remove=0, operation=plan]");
    }

    @Test
    void lines_that_are_no_json_are_told_and_do_not_end_the_reading() {
        String complete = "{\"type\":\"apply_complete\",\"hook\":{" + RESOURCE
                + ",\"action\":\"create\",\"id_value\":\"eipalloc-1\",\"elapsed_seconds\":1}}";

        assertThat(Recorded.eventsIn(
                "panic: runtime error\n\n" + complete + "\n{\"type\":\"apply_com\n" + complete + "\n" + complete + " and more\n[1]\n"
                        + complete + "\n{\"type\":\"apply_complete\",\"hook\":{\n" + complete + "\n{\"\\x\":1}\n123\n" + complete))
                .containsExactly(
                        new Event.Unreadable("panic: runtime error", 20), COMPLETE,
                        new Event.Unreadable("{\"type\":\"apply_com", 18), COMPLETE,
                        new Event.Unreadable(complete + " and more", complete.length() + 9), new Event.Unreadable("[1]", 3), COMPLETE,
                        new Event.Unreadable("{\"type\":\"apply_complete\",\"hook\":{", 33), COMPLETE,
                        new Event.Unreadable("{\"\\x\":1}", 8), new Event.Unreadable("123", 3), COMPLETE);
    }

    @Test
    void a_broken_line_that_ends_like_an_event_is_told_as_it_was_written() {
        String broken =
                "{\"@level\":\"info\",\"@message\":\"m\",\"@module\":\"terraform.ui\",\"@timestamp\":\"2026-11-21T03:52:31.638551Z\","
                        + "\"hook\":{\"action\":},\"type\":\"apply_complete\"}";

        assertThat(Recorded.eventsIn(broken)).containsExactly(new Event.Unreadable(broken, broken.length()));
    }

    @Test
    void a_long_text_is_cut() {
        Event.Log log =
                (Event.Log) Recorded.eventsIn("{\"@level\":\"warn\",\"@message\":\"" + "é".repeat(100_000) + "\",\"type\":\"log\"}").get(0);

        assertThat(log.message()).startsWith("ééé").endsWith("é... (67232 more characters)").hasSizeLessThan(EventReader.LONGEST_TEXT + 40);
    }

    @Test
    void an_error_in_a_line_of_many_megabytes_is_still_an_error() {
        String huge = "x".repeat(EventReader.LONGEST_LINE);
        List<Event> events = Recorded.eventsIn("{\"@level\":\"error\",\"@message\":\"Error: " + huge + "\",\"type\":\"diagnostic\"}\n"
                + "{\"@level\":\"error\",\"@message\":\"Error: no\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"no\",\"detail\":\""
                + huge + "\"}}\n"
                + "{\"@level\":\"info\",\"@message\":\"" + huge + "\",\"type\":\"log\"}\n"
                + "{\"@level\":\"warn\",\"@message\":\"short again\",\"type\":\"log\"}\n");

        assertThat(events).hasSize(4);
        assertThat(((Event.Diagnostic) events.get(0)).summary()).startsWith("Error: xxx").hasSizeLessThan(EventReader.LONGEST_TEXT + 40);
        assertThat(((Event.Diagnostic) events.get(1)).summary()).isEqualTo("no");
        assertThat(((Event.Unreadable) events.get(2)).bytes()).isGreaterThan(EventReader.LONGEST_LINE);
        assertThat(events.get(3)).isEqualTo(new Event.Log("warn", "short again"));
    }

    @Test
    void a_long_line_that_can_be_read_is_read_whatever_pieces_it_comes_in() throws IOException {
        String value = "0123456789".repeat(200_000);
        String stream = "{\"@level\":\"warn\",\"type\":\"log\",\"outputs\":{\"big\":{\"value\":\"" + value + "\"}},\"@message\":\"long\"}\n"
                + "{\"@level\":\"warn\",\"@message\":\"next\",\"type\":\"log\"}\n";
        for (int piece : new int[] {1 << 20, LineInputStream.WINDOW, 4099, 1000}) {
            List<Event> events = new ArrayList<>();
            EventReader.read(new Pieces(stream.getBytes(StandardCharsets.UTF_8), piece), events::add);
            assertThat(events).containsExactly(new Event.Log("warn", "long"), new Event.Log("warn", "next"));
        }
    }

    /** Frames and offsets must not depend on where a read happens to end. */
    @Test
    void a_stream_in_any_pieces_gives_the_same_events_at_the_same_places() throws IOException {
        byte[] stream = Recorded.bytes("apply-create.jsonl");
        List<String> expected = placed(new ByteArrayInputStream(stream));
        for (int piece = 1; piece < 700; piece += 37) {
            assertThat(placed(new Pieces(stream, piece))).isEqualTo(expected);
        }
        assertThat(expected.get(expected.size() - 1)).isEqualTo(stream.length + " in all");
    }

    @Test
    void lines_around_the_windows_size_are_framed_right() throws IOException {
        for (int length = LineInputStream.WINDOW - 3; length < LineInputStream.WINDOW + 3; length++) {
            String line = "x".repeat(length);
            assertThat(Recorded.eventsIn(line + "\n" + line + "\nshort\n" + line)).containsExactly(
                    unreadable(line), unreadable(line), new Event.Unreadable("short", 5), unreadable(line));
        }
    }

    private static Event.Unreadable unreadable(String line) {
        return new Event.Unreadable(line.substring(0, EventReader.LONGEST_TEXT), line.length());
    }

    private static List<String> placed(InputStream in) throws IOException {
        EventReader reader = new EventReader(in);
        List<String> placed = new ArrayList<>();
        while (reader.next()) {
            placed.add(reader.consumed() + " " + reader.current());
        }
        placed.add(reader.consumed() + " in all");
        return placed;
    }

    /** A stream that gives a few bytes at a time, as a pipe may. */
    private static final class Pieces extends InputStream {
        private final byte[] bytes;
        private final int piece;
        private int next;

        Pieces(byte[] bytes, int piece) {
            this.bytes = bytes;
            this.piece = piece;
        }

        @Override
        public int read() {
            return next == bytes.length ? -1 : bytes[next++] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (next == bytes.length) {
                return -1;
            }
            byte[] given = Arrays.copyOfRange(bytes, next, Math.min(bytes.length, next + Math.min(piece, length)));
            System.arraycopy(given, 0, to, offset, given.length);
            next += given.length;
            return given.length;
        }
    }
}
