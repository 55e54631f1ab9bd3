package io.jenkins.plugins.ec2docker.jenkins.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunMailTest {

    private static final String LINK = "https://ci.example.com/job/web/17/";

    @Test
    void success_tells_where_it_is_how_long_and_where_to_look() {
        RunMail mail = RunMail.of(run(RunResult.Status.SUCCEEDED, "web-shop", "It is as asked for.", LINK), List.of("a@example.com"));

        assertThat(mail.subject()).isEqualTo("[EC2 Docker] web-shop is running (team » web #17)");
        assertThat(mail.text()).isEqualTo("""
                web-shop is running

                It is as asked for.

                Address:      http://203.0.113.7:80/
                Public IP:    203.0.113.7
                Expires:      2026-11-21 20:00 UTC
                Region:       eu-central-1
                Asked for by: alice (team/web #17)
                Build:        https://ci.example.com/job/web/17/

                --\s
                Sent by the EC2 Docker plugin of Jenkins.
                """);
        assertThat(mail.html()).contains("<a href=\"https://ci.example.com/job/web/17/\">", "<a href=\"http://203.0.113.7:80/\">");
    }

    @Test
    void each_outcome_has_its_own_subject() {
        assertThat(subject(Purpose.PROVISION, RunResult.Status.FAILED)).contains("web failed");
        assertThat(subject(Purpose.PROVISION, RunResult.Status.REFUSED)).contains("web was refused");
        assertThat(subject(Purpose.PROVISION, RunResult.Status.INTERRUPTED)).contains("web was interrupted");
        assertThat(subject(Purpose.DESTROY, RunResult.Status.SUCCEEDED)).contains("web is destroyed");
        assertThat(subject(Purpose.DESTROY, RunResult.Status.FAILED)).contains("web could not be destroyed");
    }

    @Test
    void a_failure_says_what_is_left_behind() {
        RunMail mail = RunMail.of(run(RunResult.Status.FAILED, "web", "AWS said no.", LINK), List.of());

        assertThat(mail.text()).contains("AWS said no.", "Left behind:  The deployment still has resources in AWS.");
    }

    @Test
    void no_name_and_no_message_can_begin_a_header_or_a_tag() {
        String evil = "web\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u202e\u0000\u2028";
        EndedRun run = new EndedRun(Purpose.PROVISION, new RunResult(RunResult.Status.SUCCEEDED, evil, true),
                new EndedRun.Origin(evil, 1, evil, "javascript:alert(1)//" + evil), evil, evil,
                Map.of("url", "javascript:alert(1)", "public_ip", evil), null);

        RunMail mail = RunMail.of(run, List.of());

        assertThat(mail.subject()).doesNotContain("\r", "\n", "\0", "\u202e", "\u2028").contains("web\\r\\nBcc: victim@example.com");
        assertThat(mail.subject().length()).isLessThanOrEqualTo(300);
        assertThat(mail.text()).doesNotContain("\r", "\0", "\u202e", "\u2028").doesNotContain("Region:       web\n");
        assertThat(mail.html()).doesNotContain("<script", "\r", "\0", "\u202e").doesNotContain("href=\"javascript");
    }

    @Test
    void a_message_without_end_is_cut() {
        RunMail mail = RunMail.of(run(RunResult.Status.FAILED, "web", "x".repeat(100_000), null), List.of());

        assertThat(mail.text().length()).isLessThan(6_000);
        assertThat(mail.text()).contains("x…\n").contains("Build:        team » web #17");
    }

    @Test
    void those_who_asked_and_those_configured_are_told_once_each_and_nonsense_is_left_out() {
        assertThat(
                Recipients.of(Map.of("requester", List.of("a@example.com", "b@example.com")), List.of("b@example.com", "ops@example.com")))
                .containsExactly("a@example.com", "b@example.com", "ops@example.com");
        assertThat(Recipients.of(Map.of("requester", "a@example.com"), List.of())).containsExactly("a@example.com");
        assertThat(Recipients.of(Map.of(), List.of("a@example.com\r\nBcc: x@example.com", "a@example.com, b@example.com", "x"))).isEmpty();
    }

    private static String subject(Purpose purpose, RunResult.Status status) {
        return RunMail.of(
                new EndedRun(purpose, new RunResult(status, "m", false), new EndedRun.Origin("job", 1, "alice", null), "web",
                        "eu-central-1", Map.of(), null),
                List.of())
                .subject();
    }

    private static EndedRun run(RunResult.Status status, String name, String message, String link) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("url", "http://203.0.113.7:80/");
        outputs.put("public_ip", "203.0.113.7");
        return new EndedRun(Purpose.PROVISION, new RunResult(status, message, true),
                new EndedRun.Origin("team » web", 17, "alice (team/web #17)", link), name, "eu-central-1", outputs,
                Instant.parse("2026-11-21T20:00:00Z"));
    }
}
