package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockIntervalTest {

    private static final String FIRST = "{\"@timestamp\":\"2026-11-26T08:00:00.000000+01:00\",\"type\":\"version\"}\n";
    private static final String WAITS =
            "{\"@timestamp\":\"2026-11-26T07:00:01.000000Z\",\"type\":\"log\",\"@message\":\"Acquiring state lock\"}\n";
    private static final String SPEAKS = "{\"@timestamp\":\"2026-11-26T07:00:04.500000Z\",\"type\":\"planned_change\"}\n";

    @TempDir
    Path directory;

    @Test
    void a_lock_taken_between_its_first_word_and_that_of_a_resource_is_its_own_and_no_other() throws Exception {
        LockInterval held = LockInterval.of(events(FIRST + WAITS + SPEAKS)).orElseThrow();

        assertThat(held.isOf(Instant.parse("2026-11-26T07:00:03.123456789Z"))).isTrue();
        assertThat(held.isOf(Instant.parse("2026-11-26T06:59:59.999999999Z"))).isFalse();
        assertThat(held.isOf(Instant.parse("2026-11-26T07:00:04.500000001Z"))).isFalse();
    }

    @Test
    void one_that_waited_for_another_one_until_it_was_killed_had_none() throws Exception {
        assertThat(LockInterval.of(events(FIRST + WAITS))).isEmpty();
    }

    @Test
    void what_is_cut_off_missing_or_no_event_proves_nothing() throws Exception {
        assertThat(LockInterval.of(events(FIRST + SPEAKS.substring(0, 40)))).isEmpty();
        assertThat(LockInterval.of(events(""))).isEmpty();
        assertThat(LockInterval.of(events("Error: no json\n"))).isEmpty();
        assertThat(LockInterval.of(directory.resolve("missing"))).isEmpty();
    }

    private Path events(String text) throws Exception {
        return Files.writeString(directory.resolve("stdout"), text);
    }
}
