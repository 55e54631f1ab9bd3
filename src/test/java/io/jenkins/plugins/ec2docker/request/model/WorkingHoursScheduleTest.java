package io.jenkins.plugins.ec2docker.request.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.request.values.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Working hours, also on the days when the clocks change. Europe/Berlin changed them on 29 March and 25 October 2026. */
class WorkingHoursScheduleTest {
    private static final WorkingHoursSchedule OFFICE = WorkingHoursSchedule.of("0 8 * * mon-fri", "0 18 * * mon-fri", "Europe/Berlin");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void it_runs_from_the_start_to_the_stop_and_not_a_second_more() {
        assertThat(OFFICE.runsAt(at("2026-11-25T06:59:59Z"))).isFalse();
        assertThat(OFFICE.runsAt(at("2026-11-25T07:00:00Z"))).isTrue();
        assertThat(OFFICE.runsAt(at("2026-11-25T16:59:59Z"))).isTrue();
        assertThat(OFFICE.runsAt(at("2026-11-25T17:00:00Z"))).isFalse();
    }

    @Test
    void over_the_weekend_it_stands_still_and_is_started_on_monday() {
        assertThat(OFFICE.runsAt(at("2026-11-28T10:00:00Z"))).isFalse();
        assertThat(OFFICE.nextChange(at("2026-11-27T17:00:00Z"))).contains(at("2026-11-30T07:00:00Z"));
        assertThat(OFFICE.nextChange(at("2026-11-30T07:00:00Z"))).contains(at("2026-11-30T17:00:00Z"));
    }

    @Test
    void eight_o_clock_stays_eight_o_clock_when_the_clocks_change() {
        assertThat(OFFICE.nextChange(at("2026-03-27T18:00:00Z"))).contains(at("2026-03-30T06:00:00Z"));
        assertThat(OFFICE.nextChange(at("2026-10-23T18:00:00Z"))).contains(at("2026-10-26T07:00:00Z"));
    }

    @Test
    void a_time_that_the_clocks_leave_out_comes_as_much_later_and_one_that_comes_twice_counts_once() {
        CronExpression halfPastTwo = new CronExpression("30 2 * * *");
        assertThat(halfPastTwo.next(at("2026-03-28T12:00:00Z"), BERLIN)).contains(at("2026-03-29T01:30:00Z"));
        assertThat(halfPastTwo.next(at("2026-10-24T12:00:00Z"), BERLIN)).contains(at("2026-10-25T00:30:00Z"));
        assertThat(halfPastTwo.next(at("2026-10-25T00:30:00Z"), BERLIN)).contains(at("2026-10-26T01:30:00Z"));
        assertThat(halfPastTwo.last(at("2026-10-25T01:29:00Z"), BERLIN)).contains(at("2026-10-25T00:30:00Z"));
    }

    @Test
    void a_night_shift_runs_over_midnight() {
        WorkingHoursSchedule night = WorkingHoursSchedule.of("0 22 * * *", "0 6 * * *", "UTC");
        assertThat(night.runsAt(at("2026-11-25T23:00:00Z"))).isTrue();
        assertThat(night.runsAt(at("2026-11-26T05:59:00Z"))).isTrue();
        assertThat(night.runsAt(at("2026-11-26T06:00:00Z"))).isFalse();
    }

    @Test
    void lists_ranges_steps_names_and_both_sundays_are_understood() {
        assertThat(next("*/20 9-10,12 * * *", "2026-11-25T10:40:00Z")).isEqualTo("2026-11-25T12:00:00Z");
        assertThat(next("5/25 * * * *", "2026-11-25T10:05:00Z")).isEqualTo("2026-11-25T10:30:00Z");
        assertThat(next("0 0 1 JAN *", "2026-11-25T00:00:00Z")).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(next("0 0 * * 7", "2026-11-25T00:00:00Z")).isEqualTo(next("0 0 * * sun", "2026-11-25T00:00:00Z"))
                .isEqualTo("2026-11-29T00:00:00Z");
        assertThat(next("0 0 29 2 *", "2026-11-25T00:00:00Z")).isEqualTo("2028-02-29T00:00:00Z");
    }

    @Test
    void where_both_kinds_of_days_are_given_either_suffices() {
        assertThat(next("0 0 13 * fri", "2026-11-25T00:00:00Z")).isEqualTo("2026-11-27T00:00:00Z");
        assertThat(next("0 0 13 * fri", "2026-12-11T00:00:00Z")).isEqualTo("2026-12-13T00:00:00Z");
    }

    @Test
    void what_start_and_stop_at_once_never_starts() {
        WorkingHoursSchedule never = WorkingHoursSchedule.of("0 8 * * *", "0 8 * * *", "UTC");
        assertThat(never.runsAt(at("2026-11-25T08:00:00Z"))).isFalse();
        assertThat(never.nextChange(at("2026-11-25T07:00:00Z"))).isEmpty();
    }

    @Test
    void what_is_no_schedule_is_refused_with_the_reason() {
        assertThatThrownBy(() -> WorkingHoursSchedule.of("0 8 * *", "0 9 * * *", "UTC"))
                .hasMessageContaining("does not have the five fields");
        assertThatThrownBy(() -> WorkingHoursSchedule.of("60 8 * * *", "0 9 * * *", "UTC")).hasMessageContaining("\"60\" as minute")
                .hasMessageContaining("0 to 59");
        assertThatThrownBy(() -> WorkingHoursSchedule.of("0 8 * * fri-mon", "0 9 * * *", "UTC")).hasMessageContaining("day of the week");
        assertThatThrownBy(() -> WorkingHoursSchedule.of("*/0 8 * * *", "0 9 * * *", "UTC")).hasMessageContaining("minute");
        assertThatThrownBy(() -> WorkingHoursSchedule.of("0 8 30 2 *", "0 9 * * *", "UTC")).hasMessageContaining("never comes");
        assertThatThrownBy(() -> WorkingHoursSchedule.of("0 8 * * *", "0 9 * * *", "Mars/Olympus")).hasMessageContaining("is no time zone");
    }

    private static String next(String cron, String after) {
        return new CronExpression(cron).next(at(after), ZoneId.of("UTC")).orElseThrow().toString();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
