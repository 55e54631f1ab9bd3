package io.jenkins.plugins.ec2docker.run.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

    private final SilenceWatch watch = new SilenceWatch(Action.PLAN, BEGUN);

    @Test
    void each_minute_without_news_is_told_once_with_what_is_waited_for() {
        watch.heard(new Event.RefreshStart("aws_instance.a", "aws_instance", "i-1"), BEGUN.plusSeconds(10));
        watch.heard(new Event.ApplyStart("data.aws_ami.b", "aws_ami", ChangeAction.READ, null, null), BEGUN.plusSeconds(10));
        List<String> told = new ArrayList<>();
        for (int second = 10; second < 140; second += 10) {
            // Terraform's own clock, which goes on whatever AWS does.
            watch.heard(new Event.ApplyProgress("data.aws_ami.b", "aws_ami", ChangeAction.READ, second), BEGUN.plusSeconds(second));
            String line = watch.line(BEGUN.plusSeconds(second));
            if (line != null) {
                told.add(line);
            }
        }

        assertThat(told).containsExactly(
                "No news from Terraform (plan) for 1 min, while it is reading aws_instance.a, reading data.aws_ami.b. Calls that AWS throttles,"
                        + " or does not answer, are repeated.",
                "No news from Terraform (plan) for 2 min, while it is reading aws_instance.a, reading data.aws_ami.b. Calls that AWS throttles,"
                        + " or does not answer, are repeated.");
    }

    @Test
    void a_command_that_does_not_ask_aws_may_take_its_time() {
        assertThat(new SilenceWatch(Action.INIT, BEGUN).line(BEGUN.plusSeconds(600))).isNull();
    }

    @Test
    void what_gets_on_or_says_by_itself_that_it_takes_long_is_left_alone() {
        SilenceWatch apply = new SilenceWatch(Action.APPLY, BEGUN);
        apply.heard(new Event.ApplyStart("aws_instance.a", "aws_instance", ChangeAction.CREATE, null, null), BEGUN);
        apply.heard(new Event.ApplyProgress("aws_instance.a", "aws_instance", ChangeAction.CREATE, 60), BEGUN.plusSeconds(60));
        assertThat(apply.line(BEGUN.plusSeconds(110))).isNull();

        watch.heard(new Event.RefreshStart("aws_instance.a", "aws_instance", "i-1"), BEGUN.plusSeconds(50));
        assertThat(watch.line(BEGUN.plusSeconds(100))).isNull();
        watch.heard(new Event.RefreshComplete("aws_instance.a", "aws_instance", "i-1"), BEGUN.plusSeconds(100));
        assertThat(watch.line(BEGUN.plusSeconds(161))).isEqualTo(
                "No news from Terraform (plan) for 1 min. Calls that AWS throttles, or does not answer, are repeated.");
    }
}
