package io.jenkins.plugins.ec2docker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummaries;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewExpiryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);

    @Test
    void an_update_that_takes_an_extension_back_says_so() {
        NewExpiry expiry = NewExpiry.of(expiring(NOON.plus(Duration.ofDays(2))), EIGHT_HOURS, NOON);

        assertThat(expiry.end()).isEqualTo(NOON.plus(EIGHT_HOURS));
        assertThat(expiry.note())
                .isEqualTo("The deployment expires earlier than before: at 2026-01-01T20:00:00Z, as expiresAfter 8h of this"
                        + " request says, and no longer at 2026-01-03T12:00:00Z. Extend it on its page, or give a longer expiresAfter.");
        assertThat(NewExpiry.of(expiring(null), EIGHT_HOURS, NOON).note()).contains("and no longer never");
    }

    @Test
    void nothing_is_said_of_an_expiry_that_is_no_earlier_or_the_first() {
        assertThat(NewExpiry.of(expiring(NOON.plus(Duration.ofHours(2))), EIGHT_HOURS, NOON).note()).isNull();
        assertThat(NewExpiry.of(expiring(NOON.plus(EIGHT_HOURS)), EIGHT_HOURS, NOON).note()).isNull();
        assertThat(NewExpiry.of(expiring(NOON.plus(EIGHT_HOURS)), null, NOON)).isEqualTo(new NewExpiry(null, null));
        Deployment begun = Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON);
        assertThat(NewExpiry.of(begun, EIGHT_HOURS, NOON)).isEqualTo(new NewExpiry(NOON.plus(EIGHT_HOURS), null));
    }

    private static Deployment expiring(Instant end) {
        return Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON)
                .beginRun(RunSummaries.begun("r1", NOON))
                .applying("r1", new Generation("one", "r1"), end, NOON)
                .endRun("r1", new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true), false, Deployment.Status.LIVE, Map.of(),
                        NOON);
    }
}
