package io.jenkins.plugins.ec2docker.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.verify.HealthCheck.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Time passes only where it is said to. */
class HealthPollTest {
    private static final URI URL = URI.create("http://203.0.113.7:8080/");
    private static final Reading REFUSED = new Reading(false, "refused.");
    private static final Reading STARTING = new Reading(false, "HTTP 503.");
    private static final Reading READY = new Reading(true, "HTTP 200.");

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();
    private final List<Reading> changes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration lookTakes = Duration.ZERO;

    @Test
    void a_healthy_address_costs_one_look_and_no_pause() throws Exception {
        assertThat(await(Duration.ofMinutes(5), READY))
                .isEqualTo(new HealthPoll.Answer(true, "HTTP 200.", 1, Duration.ZERO));
        assertThat(pauses).isEmpty();
    }

    @Test
    void pauses_grow_from_one_second_to_five() throws Exception {
        assertThat(await(Duration.ofMinutes(5), REFUSED, REFUSED, STARTING, STARTING, STARTING, READY).looks()).isEqualTo(6);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void only_changes_are_told() throws Exception {
        await(Duration.ofMinutes(5), REFUSED, REFUSED, STARTING, STARTING, STARTING, READY);

        assertThat(changes).containsExactly(REFUSED, STARTING, READY);
    }

    @Test
    void when_time_is_up_the_last_reason_remains() throws Exception {
        HealthPoll.Answer outcome = await(Duration.ofSeconds(10), REFUSED, REFUSED, STARTING);

        assertThat(outcome).isEqualTo(new HealthPoll.Answer(false, "HTTP 503.", 5, Duration.ofSeconds(10)));
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 3L);
    }

    @Test
    void the_last_look_is_at_the_limit_itself() throws Exception {
        assertThat(await(Duration.ofSeconds(3), REFUSED, REFUSED, READY).healthy()).isTrue();
    }

    @Test
    void slow_looks_are_kept_within_the_limit() throws Exception {
        lookTakes = Duration.ofSeconds(9);

        assertThat(await(Duration.ofSeconds(15), REFUSED).took()).isEqualTo(Duration.ofSeconds(19));
        assertThat(limits).extracting(Duration::toSeconds).containsExactly(10L, 5L);
    }

    private HealthPoll.Answer await(Duration limit, Reading... readings) throws InterruptedException {
        int[] look = {0};
        HealthCheck check = (url, lookLimit) -> {
            limits.add(lookLimit);
            now = now.plus(lookTakes);
            return readings[Math.min(look[0]++, readings.length - 1)];
        };
        HealthPoll watch = new HealthPoll(check, () -> now, URL, limit, changes::add);
        Optional<HealthPoll.Answer> result = watch.look();
        while (result.isEmpty()) {
            pass(watch.pause());
            result = watch.look();
        }
        return result.get();
    }

    private void pass(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }
}
