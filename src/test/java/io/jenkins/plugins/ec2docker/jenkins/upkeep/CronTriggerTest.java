package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CronTriggerTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:10Z");
    private static final String NOON_IN_UTC = "TZ=UTC\n0 12 * * *";

    private final CronTrigger watch = new CronTrigger("test");

    @Test
    void a_schedule_is_due_once_in_its_minute_however_often_it_is_asked() {
        assertThat(watch.isDue(NOON_IN_UTC, NOON.minusSeconds(20))).isFalse();
        assertThat(watch.isDue(NOON_IN_UTC, NOON)).isTrue();
        assertThat(watch.isDue(NOON_IN_UTC, NOON.plusSeconds(40))).isFalse();
        assertThat(watch.isDue(NOON_IN_UTC, NOON.plusSeconds(60))).isFalse();
    }

    @Test
    void what_came_due_while_nobody_asked_is_due_once() {
        assertThat(watch.isDue(NOON_IN_UTC, NOON.minusSeconds(3600))).isFalse();
        assertThat(watch.isDue(NOON_IN_UTC, NOON.plusSeconds(3600))).isTrue();
        assertThat(watch.isDue(NOON_IN_UTC, NOON.plusSeconds(3660))).isFalse();
    }

    @Test
    void what_came_before_the_first_question_is_not_due() {
        assertThat(watch.isDue(NOON_IN_UTC, NOON.plusSeconds(120))).isFalse();
    }

    @Test
    void time_zones_are_obeyed_and_nothing_is_never_due() {
        assertThat(watch.isDue("TZ=Asia/Tokyo\n0 21 * * *", NOON)).isTrue();
        assertThat(watch.isDue(null, NOON.plusSeconds(60))).isFalse();
        assertThat(watch.isDue("now and then", NOON.plusSeconds(120))).isFalse();
    }

    @Test
    void a_hash_names_one_moment_of_the_day() {
        CronTrigger hashed = new CronTrigger("test");
        assertThat(IntStream.range(0, 24 * 60).filter(minute -> hashed.isDue("H H * * *", NOON.plusSeconds(60L * minute)))).hasSize(1);
    }
}
