package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.jenkins.plugins.ec2docker.terraform.Recorded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quick reader against the general one: the same event, or none. */
class ResourceEventParserTest {
    private static final List<String> STREAMS =
            List.of("init", "plan-create", "apply-create", "apply-replace", "apply-destroy", "apply-no-such-key",
                    "plan-bad-variable", "plan-unreachable", "plan-no-credentials", "init-no-such-provider");

    @Test
    void every_recorded_line_gives_the_same_event_or_none() throws Exception {
        int quick = 0;
        int slow = 0;
        for (String name : STREAMS) {
            for (String line : lines(name)) {
                Event event = quick(line);
                if (event != null) {
                    quick++;
                    assertThat(event).as(line).isEqualTo(general(line));
                } else if (line.contains("\"hook\":") || line.contains("\"change\":{")) {
                    slow++;
                    assertThat(line).as("only an escape makes it slow").contains("\\\"");
                }
            }
        }
        assertThat(quick).isGreaterThan(100);
        assertThat(slow).as("addresses with a quoted key").isPositive();
    }

    /** Whatever is cut out of a line or put into it: never another event than the general reader's, if that can read it at all. */
    @Test
    void a_line_that_was_changed_anywhere_gives_no_other_event() throws Exception {
        String line = lines("apply-replace").stream()
                .filter(candidate -> candidate.contains("\"apply_complete\"") && candidate.contains("id_value"))
                .findFirst().orElseThrow();
        for (int i = 0; i < line.length(); i++) {
            for (String changed : List.of(line.substring(0, i) + line.substring(i + 1), line.substring(0, i),
                    line.substring(0, i) + "\\" + line.substring(i),
                    line.substring(0, i) + "\"" + line.substring(i), line.substring(0, i) + "9" + line.substring(i),
                    line.substring(0, i) + "\\u0041" + line.substring(i))) {
                Event event = quick(changed);
                Event expected = general(changed);
                if (event != null && expected != null) {
                    assertThat(event).as(changed).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void numbers_too_large_and_other_keys_are_left_to_the_general_reader() throws Exception {
        String line =
                lines("apply-replace").stream().filter(candidate -> candidate.contains("\"apply_progress\"")).findFirst().orElseThrow();

        assertThat(quick(line)).isNotNull();
        assertThat(quick(line.replace("\"elapsed_seconds\":10", "\"elapsed_seconds\":9999999999"))).isNull();
        assertThat(quick(line.replace("\"elapsed_seconds\":10", "\"elapsed_seconds\":1.5"))).isNull();
        assertThat(quick(line.replace("\"resource_key\":null", "\"resource_key\":\"a\""))).isNull();
        assertThat(quick(line + " ")).isNull();
        assertThat(quick("")).isNull();
    }

    private static List<String> lines(String name) {
        return new String(Recorded.bytes(name + ".jsonl"), StandardCharsets.UTF_8).lines().toList();
    }

    private static Event quick(String line) {
        byte[] around = ("xx" + line + "yy").getBytes(StandardCharsets.UTF_8);
        return ResourceEventParser.read(around, 2, around.length - 2);
    }

    /** Null where it cannot be read. */
    private static Event general(String line) {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            EventParser fields = new EventParser();
            fields.read(parser);
            return parser.nextToken() == null ? fields.toEvent() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
