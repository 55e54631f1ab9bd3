package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the end of a deployment asks for, moment by moment. */
class ExpiryTest {
    private static final Instant CREATED = Instant.parse("2026-11-25T08:00:00Z");
    private static final Instant END = Instant.parse("2026-11-27T08:00:00Z");
    private static final List<Duration> OFFSETS = List.of(Duration.ofHours(1), Duration.ofDays(1));

    @Test
    void before_the_first_reminder_nothing_is_due_until_it() {
        assertThat(due("2026-11-25T09:00:00Z", null)).isEqualTo(new Expiry.Due.Nothing(Instant.parse("2026-11-26T08:00:00Z")));
    }

    @Test
    void reminders_are_due_one_after_the_other_and_each_once() {
        Instant first = Instant.parse("2026-11-26T08:00:00Z");
        Instant second = Instant.parse("2026-11-27T07:00:00Z");
        assertThat(due("2026-11-26T08:00:00Z", null)).isEqualTo(new Expiry.Due.Reminder(Duration.ofDays(1), END));
        assertThat(due("2026-11-26T09:00:00Z", first)).isEqualTo(new Expiry.Due.Nothing(second));
        assertThat(due("2026-11-27T07:30:00Z", first)).isEqualTo(new Expiry.Due.Reminder(Duration.ofHours(1), END));
        assertThat(due("2026-11-27T07:30:00Z", second)).isEqualTo(new Expiry.Due.Nothing(END));
    }

    @Test
    void reminders_that_were_missed_come_as_one() {
        assertThat(due("2026-11-27T07:30:00Z", null)).isEqualTo(new Expiry.Due.Reminder(Duration.ofHours(1), END));
    }

    @Test
    void a_reminder_of_before_the_deployment_is_none() {
        Deployment brief = deployment().until(CREATED.plus(Duration.ofHours(8)), CREATED);
        assertThat(Expiry.due(brief, CREATED.plusSeconds(60), OFFSETS, null))
                .isEqualTo(new Expiry.Due.Nothing(CREATED.plus(Duration.ofHours(7))));
    }

    @Test
    void at_its_end_it_is_expired_and_not_a_second_before() {
        assertThat(due("2026-11-27T07:59:59Z", END.minusSeconds(3600))).isEqualTo(new Expiry.Due.Nothing(END));
        assertThat(due("2026-11-27T08:00:00Z", null)).isEqualTo(new Expiry.Due.Expired(END));
    }

    @Test
    void what_has_no_end_or_is_gone_is_never_due() {
        Expiry.Due never = new Expiry.Due.Nothing(null);
        assertThat(Expiry.due(deployment().until(null, CREATED), END, OFFSETS, null)).isEqualTo(never);
        Deployment gone = Deployment.begin("web", "web-1", "instance", "eu-central-1", "alice", CREATED).until(END, CREATED);
        assertThat(Expiry.due(gone, END, OFFSETS, null)).isEqualTo(never);
    }

    @Test
    void an_extension_counts_from_the_end_or_from_now_where_that_has_passed() throws Exception {
        assertThat(extended(Duration.ofHours(4), "2026-11-25T09:00:00Z", null)).isEqualTo(END.plus(Duration.ofHours(4)));
        assertThat(extended(Duration.ofHours(4), "2026-11-28T00:00:00Z", null)).isEqualTo(Instant.parse("2026-11-28T04:00:00Z"));
    }

    @Test
    void an_extension_never_leads_beyond_the_maximum_from_now() throws Exception {
        Duration most = Duration.ofDays(2);
        assertThat(extended(Duration.ofHours(1), "2026-11-25T09:00:00Z", most)).isEqualTo(END.plus(Duration.ofHours(1)));
        assertThatThrownBy(() -> extended(Duration.ofHours(2), "2026-11-25T09:00:00Z", most))
                .isInstanceOf(Expiry.NotExtended.class)
                .hasMessage("Deployment \"web\" would then end at 2026-11-27T10:00:00Z, more than 2d from now, which is the longest allowed"
                        + " here; put it off by at most 1h.");
        assertThatThrownBy(() -> extended(Duration.ofHours(1), "2026-11-25T08:00:00Z", most))
                .hasMessageEndingWith("it cannot be put off now.");
    }

    @Test
    void only_such_extensions_are_offered_as_are_allowed() throws Exception {
        Instant now = Instant.parse("2026-11-25T09:00:00Z");
        assertThat(Expiry.extensions(deployment(), now, Guardrails.UNRESTRICTED)).startsWith(Duration.ofHours(1), Duration.ofHours(4))
                .hasSize(6);
        assertThat(Expiry.extensions(deployment(), now, guardrails(Duration.ofDays(3))))
                .containsExactly(Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofHours(25));
        assertThat(Expiry.extensions(deployment(), now, guardrails(Duration.ofHours(47)))).isEmpty();
        for (Duration by : Expiry.extensions(deployment(), now, guardrails(Duration.ofDays(3)))) {
            assertThat(Expiry.extended(deployment(), by, now, guardrails(Duration.ofDays(3)))).isEqualTo(END.plus(by));
        }
        assertThat(Expiry.extensions(deployment().until(null, CREATED), now, Guardrails.UNRESTRICTED)).isEmpty();
    }

    @Test
    void nothing_is_extended_that_has_no_end_or_by_no_time() {
        assertThatThrownBy(() -> extended(Duration.ZERO, "2026-11-25T09:00:00Z", null)).hasMessageContaining("0s is none");
        assertThatThrownBy(() -> Expiry.extended(deployment().until(null, CREATED), Duration.ofHours(1), CREATED, Guardrails.UNRESTRICTED))
                .hasMessageContaining("has no end");
    }

    @Test
    void an_extension_is_kept_and_waits_for_no_run(@TempDir Path directory) throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        store.save(deployment());
        RunSettings settings = new RunSettings(null, null, Map.of(), guardrails(Duration.ofDays(7)), 5, Duration.ofMinutes(1), "alice");
        LocalEngine provisioner =
                new LocalEngine(store, settings, () -> null, RunObserver.NONE, Clock.fixed(CREATED, ZoneOffset.UTC));

        provisioner.extend("web", Duration.ofDays(1));

        assertThat(store.find("web").orElseThrow().expires()).isEqualTo(END.plus(Duration.ofDays(1)));
        try (DeploymentLock held = store.lock("web", DeploymentLock.Holder.here("r2", Purpose.DESTROY, "bob", CREATED))) {
            assertThatThrownBy(() -> provisioner.extend("web", Duration.ofDays(1))).isInstanceOf(DeploymentLock.Held.class);
        }
    }

    private static Expiry.Due due(String now, Instant reminded) {
        return Expiry.due(deployment(), Instant.parse(now), OFFSETS, reminded);
    }

    private static Instant extended(Duration by, String now, Duration most) throws Exception {
        return Expiry.extended(deployment(), by, Instant.parse(now), guardrails(most));
    }

    private static Guardrails guardrails(Duration most) {
        return Guardrails.builder().maxLifetime(most).build();
    }

    private static Deployment deployment() {
        return Deployment.begin("web", "web-1", "instance", "eu-central-1", "alice", CREATED)
                .applying("r1", new Generation("digest", "r1"), END, CREATED);
    }
}
