package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:42Z");

    @Test
    void a_recorded_apply_is_followed_to_its_end() {
        Progress progress = Progress.NONE;
        List<Integer> done = new ArrayList<>();
        for (Event event : Recorded.events("apply-create.jsonl")) {
            progress = progress.after(event);
            done.add(progress.done());
        }

        assertThat(progress.total()).isEqualTo(11);
        assertThat(progress.done()).isEqualTo(11);
        assertThat(progress.failed()).isZero();
        assertThat(progress.current()).isEmpty();
        assertThat(done).isSorted();
    }

    @Test
    void a_replacement_counts_twice() {
        Progress progress = after(Recorded.events("apply-replace.jsonl"));

        assertThat(progress.total()).isEqualTo(4);
        assertThat(progress.done()).isEqualTo(4);
    }

    @Test
    void a_recorded_failure() {
        Progress progress = after(Recorded.events("apply-no-such-key.jsonl"));

        assertThat(progress.line(NOW)).isEqualTo("9 of 11 done, 1 failed");
        assertThat(progress.errors()).isEqualTo(1);
    }

    @Test
    void the_oldest_operation_is_named_with_its_time_by_the_clock() {
        Progress progress = after(List.of(
                planned("aws_instance.this"), planned("aws_eip.this"),
                new Event.ApplyStart("aws_instance.this", "aws_instance", ChangeAction.CREATE, null, "2026-11-21T11:00:30.5+01:00"),
                new Event.ApplyStart("aws_eip.this", "aws_eip", ChangeAction.CREATE, null, "2026-11-21T10:00:40Z")));

        assertThat(progress.line(NOW)).isEqualTo("0 of 2 done, creating aws_instance.this (11 s) and 1 more");
    }

    @Test
    void without_a_usable_time_it_is_what_terraform_last_said() {
        for (String at : new String[] {null, "soon", "2027-01-01T00:00:00Z"}) {
            Progress progress = after(List.of(
                    planned("aws_instance.this"),
                    new Event.ApplyStart("aws_instance.this", "aws_instance", ChangeAction.DELETE, "i-1", at),
                    new Event.ApplyProgress("aws_instance.this", "aws_instance", ChangeAction.DELETE, 70)));

            assertThat(progress.line(NOW)).isEqualTo("0 of 1 done, destroying aws_instance.this (1 min 10 s)");
        }
    }

    @Test
    void while_nothing_is_known_it_says_so() {
        assertThat(Progress.NONE.line(NOW)).isEqualTo("working");
        assertThat(Progress.NONE.after(new Event.RefreshComplete("a.b", "a", "1")).line(NOW)).isEqualTo("1 read");
    }

    @Test
    void a_stream_that_only_begins_things_does_not_grow_it() {
        Progress progress = Progress.NONE;
        for (int i = 0; i < 10_000; i++) {
            progress = progress.after(new Event.ApplyStart("a.b[" + i + "]", "a", ChangeAction.CREATE, null, null));
        }

        assertThat(progress.current()).hasSize(50);
    }

    private static Event planned(String address) {
        return new Event.PlannedChange(address, "t", ChangeAction.CREATE, null);
    }

    private static Progress after(List<Event> events) {
        Progress progress = Progress.NONE;
        for (Event event : events) {
            progress = progress.after(event);
        }
        return progress;
    }
}
