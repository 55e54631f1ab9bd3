package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventTextTest {
    @Test
    void a_recorded_replacement_reads_like_this() {
        assertThat(Recorded.console("apply-replace.jsonl").replaceAll("\\((i|eipassoc)-[0-9a-f]{17}\\)", "($1-...)")).isEqualTo("""
                -/+ aws_instance.this: will be replaced (cannot update)
                -/+ aws_eip_association.this[0]: will be replaced (cannot update)
                - aws_eip_association.this[0]: destroying...
                  aws_eip_association.this[0]: destroyed in 0 s
                + aws_instance.this: creating...
                  aws_instance.this: created in 10 s (i-...)
                + aws_eip_association.this[0]: creating...
                  aws_eip_association.this[0]: created in 0 s (eipassoc-...)
                - aws_instance.this: destroying...
                  aws_instance.this: destroyed in 10 s
                Done: 2 created, 0 changed, 2 destroyed
                """);
    }

    @Test
    void a_recorded_failure_ends_with_a_sentence() {
        assertThat(Recorded.console("apply-no-such-key.jsonl")).endsWith("""
                ! aws_instance.this: failed after 0 s, creating
                Error: aws_instance.this: creating EC2 Instance failed: The keypair '{'nobodys-key'}' does not exist (EC2 RunInstances: InvalidKeyPair.NotFound)
                """);
    }

    @Test
    void progress_is_told_each_half_minute() {
        List<Optional<String>> lines = IntStream.rangeClosed(1, 13)
                .mapToObj(i -> EventText.of(new Event.ApplyProgress("aws_instance.this", "aws_instance", ChangeAction.CREATE, i * 10)))
                .toList();

        assertThat(lines.stream().flatMap(Optional::stream)).containsExactly(
                "  aws_instance.this: still creating, 30 s",
                "  aws_instance.this: still creating, 1 min",
                "  aws_instance.this: still creating, 1 min 30 s",
                "  aws_instance.this: still creating, 2 min");
    }

    @Test
    void what_changes_nothing_is_not_told() {
        assertThat(EventText.of(new Event.PlannedChange("a.b", "a", ChangeAction.NO_OP, null))).isEmpty();
        assertThat(EventText.of(new Event.ApplyStart("data.a.b", "a", ChangeAction.READ, null, null))).isEmpty();
        assertThat(EventText.of(new Event.ApplyComplete("data.a.b", "a", ChangeAction.READ, null, 3))).isEmpty();
        assertThat(EventText.of(new Event.RefreshStart("a.b", "a", "id"))).isEmpty();
        assertThat(EventText.of(new Event.Log("info", "chatter"))).isEmpty();
    }

    @Test
    void a_plan_is_summed_up() {
        assertThat(EventText.of(new Event.ChangeSummary(2, 0, 1, "plan"))).contains("Plan: 2 to create, 0 to change, 1 to destroy");
        assertThat(EventText.of(new Event.ChangeSummary(0, 0, 0, "plan"))).contains("Plan: nothing to change");
        assertThat(EventText.of(new Event.ChangeSummary(0, 0, 0, "apply"))).contains("Done: nothing was changed");
    }

    @Test
    void control_characters_are_shown_and_not_sent() {
        assertThat(EventText.of(new Event.Unreadable("a\u001b[31mred\u0007\r\nb\tc\u202egnp.exe\u0085\u2028", 9)))
                .contains("a\\u001b[31mred\\u0007\\r\\nb c\\u202egnp.exe\\u0085\\u2028");
        assertThat(EventText.of(new Event.ApplyStart("a[\"x\ny\"]", "a", ChangeAction.CREATE, null, null)))
                .contains("+ a[\"x\\ny\"]: creating...");
        assertThat(EventText.of(new Event.Log("warn", "Größe: 10 µs, 日本語"))).contains("Größe: 10 µs, 日本語");
    }

    @Test
    void no_line_is_long() {
        String text = EventText.of(new Event.Unreadable("x".repeat(100_000), 100_000)).orElseThrow();
        assertThat(text).hasSize(203).endsWith("x...");

        String error = EventText
                .of(new Event.Diagnostic(Event.Severity.ERROR, "s".repeat(50_000), "d".repeat(50_000) + "\n" + "line\n".repeat(500),
                        "a".repeat(10_000), null, 0))
                .orElseThrow();
        assertThat(error.lines()).hasSizeLessThan(16).allMatch(line -> line.length() < 550);
        assertThat(error).endsWith("(489 more lines)");
    }
}
