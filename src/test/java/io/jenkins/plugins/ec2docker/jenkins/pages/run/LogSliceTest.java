package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSliceTest {

    private static final int MOST = 1000;

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void name_the_file() {
        log = directory.resolve("log");
    }

    @Test
    void a_missing_file_is_an_empty_slice() throws IOException {
        assertThat(LogSlice.from(log, 0, MOST, true)).isEqualTo(new LogSlice(List.of(), 0, 0, 0));
        assertThat(LogSlice.tail(log, MOST, true)).isEqualTo(new LogSlice(List.of(), 0, 0, 0));
    }

    @Test
    void a_line_being_written_waits_for_its_end() throws IOException {
        Files.writeString(log, "one\ntw");
        assertThat(LogSlice.from(log, 0, MOST, false)).isEqualTo(new LogSlice(List.of("one"), 0, 4, 6));
        assertThat(LogSlice.from(log, 4, MOST, false)).isEqualTo(new LogSlice(List.of(), 4, 4, 6));
        Files.writeString(log, "o\n", StandardOpenOption.APPEND);
        assertThat(LogSlice.from(log, 4, MOST, false)).isEqualTo(new LogSlice(List.of("two"), 4, 8, 8));
    }

    @Test
    void the_last_line_needs_no_end_once_nobody_writes() throws IOException {
        Files.writeString(log, "one\ntwo");
        assertThat(LogSlice.from(log, 0, MOST, true).lines()).containsExactly("one", "two");
    }

    @Test
    void empty_lines_count() throws IOException {
        Files.writeString(log, "\n\na\r\n\n");
        assertThat(LogSlice.from(log, 0, MOST, true).lines()).containsExactly("", "", "a", "");
    }

    @Test
    void characters_of_several_bytes_are_whole_whatever_the_slices_size() throws IOException {
        String text = "é漢字😀 ".repeat(30) + "\n" + "short\n" + "😀".repeat(50) + "\nö\n";
        Files.writeString(log, text);
        for (int most = 4; most < 40; most++) {
            StringBuilder read = new StringBuilder();
            for (LogSlice slice = LogSlice.from(log, 0, most, true); !slice.lines().isEmpty();
                    slice = LogSlice.from(log, slice.next(), most, true)) {
                slice.lines().forEach(read::append);
            }
            assertThat(read.toString()).as("slices of %d bytes", most).isEqualTo(text.replace("\n", ""));
        }
    }

    @Test
    void a_reader_that_follows_a_writer_gets_every_line_once() throws IOException {
        Random random = new Random(17);
        byte[] all = String.join("\n", lines(400)).concat("\n").getBytes(StandardCharsets.UTF_8);
        List<String> read = new ArrayList<>();
        Files.createFile(log);
        long next = 0;
        for (int written = 0; written < all.length;) {
            int block = Math.min(1 + random.nextInt(70), all.length - written);
            byte[] bytes = java.util.Arrays.copyOfRange(all, written, written + block);
            Files.write(log, bytes, StandardOpenOption.APPEND);
            written += block;
            LogSlice slice = LogSlice.from(log, next, MOST, false);
            read.addAll(slice.lines());
            next = slice.next();
        }
        assertThat(read).isEqualTo(lines(400));
    }

    @Test
    void a_tail_begins_with_a_whole_line() throws IOException {
        Files.writeString(log, "漢字漢字\nsecond\nthird\n");
        LogSlice slice = LogSlice.tail(log, 15, true);
        assertThat(slice.lines()).containsExactly("second", "third");
        assertThat(slice.start()).isEqualTo(13);
        assertThat(LogSlice.tail(log, 13, true).lines()).containsExactly("second", "third");
        assertThat(LogSlice.tail(log, 12, true).lines()).containsExactly("third");
        assertThat(LogSlice.tail(log, 3, true).lines()).isEmpty();
        assertThat(LogSlice.tail(log, 100, true).lines()).hasSize(3);
    }

    @Test
    void an_offset_outside_of_the_file_does_no_harm() throws IOException {
        Files.writeString(log, "one\n");
        assertThat(LogSlice.from(log, 99, MOST, true)).isEqualTo(new LogSlice(List.of(), 4, 4, 4));
        assertThat(LogSlice.from(log, -5, MOST, true).lines()).containsExactly("one");
    }

    private static List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("line " + i + " é漢😀".repeat(i % 4));
        }
        return lines;
    }
}
