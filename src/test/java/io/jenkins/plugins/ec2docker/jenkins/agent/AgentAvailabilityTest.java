package io.jenkins.plugins.ec2docker.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.RunLog;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentAvailabilityTest {

    private final AgentSite site = new AgentSite(new AgentDirectory("remote", "/somewhere"), "run", secret -> {});

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void an_agent_that_is_away_is_waited_for_however_long_and_told_once() throws Exception {
        AgentAvailability watch = watch();
        watch.away(AgentOfflineException.away("\"remote\"", null));
        now = now.plus(Duration.ofDays(2));
        watch.away(AgentOfflineException.away("\"remote\"", null));

        assertThat(site.isLost()).isFalse();
        assertThat(watch.awaySince()).isEqualTo(Instant.parse("2026-11-25T12:00:00Z"));
        assertThat(log()).containsOnlyOnce("cannot be reached.");

        watch.back();
        assertThat(watch.awaySince()).isNull();
        assertThat(log()).contains("Agent \"remote\" is back.");
    }

    @Test
    void one_that_was_removed_from_jenkins_is_given_up_after_ten_minutes() throws Exception {
        AgentAvailability watch = watch();
        watch.away(AgentOfflineException.removed("\"remote\""));
        now = now.plus(Duration.ofMinutes(10));
        watch.away(AgentOfflineException.removed("\"remote\""));
        assertThat(site.isLost()).isFalse();

        now = now.plusSeconds(1);
        watch.away(AgentOfflineException.removed("\"remote\""));

        assertThat(site.isLost()).isTrue();
        assertThat(log())
                .contains("error Agent \"remote\" does not exist any more. What Terraform did there last is not known; the state is kept");
        assertThat(site.look(Action.APPLY, 0, false).status()).isInstanceOf(ProcessStatus.Vanished.class);
    }

    private AgentAvailability watch() {
        return new AgentAvailability(site, new RunLog(BuildRunFiles.apart(directory), clock()), clock());
    }

    private String log() throws Exception {
        return Files.readString(directory.resolve("log"));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
