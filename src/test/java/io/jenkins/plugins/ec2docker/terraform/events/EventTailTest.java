package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTailTest {
    @TempDir
    Path directory;

    private final List<Event> events = new ArrayList<>();

    @Test
    void a_half_written_line_waits_for_its_other_half() throws Exception {
        EventTail tail = tail(0);
        write("one\ntw");
        tail.drain(false, events::add);
        assertThat(texts()).containsExactly("one");
        assertThat(tail.offset()).isEqualTo(4);

        tail.drain(false, events::add);
        write("o\nthree");
        tail.drain(false, events::add);
        assertThat(texts()).containsExactly("one", "two");

        tail.drain(true, events::add);
        tail.drain(true, events::add);
        assertThat(texts()).containsExactly("one", "two", "three");
        assertThat(tail.offset()).isEqualTo(13);
    }

    @Test
    void another_reader_goes_on_where_the_first_one_was_even_in_the_middle_of_a_drain() throws Exception {
        write("one\ntwo\n{\"type\":\"not_used\"}\nthree\n");
        EventTail tail = tail(0);
        long[] after = new long[1];
        tail.drain(false, event -> {
            if (event.equals(new Event.Unreadable("two", 3))) {
                after[0] = tail.offset();
            }
        });

        tail(after[0]).drain(false, events::add);
        assertThat(texts()).containsExactly("three");
        assertThat(tail.offset()).isEqualTo(34);
    }

    @Test
    void a_file_that_is_not_there_yet_has_no_events() throws Exception {
        EventTail tail = tail(0);
        tail.drain(true, events::add);
        write("one\n");
        tail.drain(false, events::add);

        assertThat(texts()).containsExactly("one");
    }

    @Test
    void a_long_line_written_in_many_pieces_comes_once_and_whole() throws Exception {
        EventTail tail = tail(0);
        for (int i = 0; i < 50; i++) {
            write("y".repeat(10_000));
            tail.drain(false, events::add);
            assertThat(events).isEmpty();
        }
        write("\nnext\n");
        tail.drain(false, events::add);

        assertThat(((Event.Unreadable) events.get(0)).bytes()).isEqualTo(500_000);
        assertThat(events.get(1)).isEqualTo(new Event.Unreadable("next", 4));
    }

    private EventTail tail(long offset) {
        return new EventTail(directory.resolve("stdout"), offset);
    }

    private List<String> texts() {
        return events.stream().map(event -> ((Event.Unreadable) event).text()).toList();
    }

    private void write(String text) throws Exception {
        Files.writeString(directory.resolve("stdout"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
