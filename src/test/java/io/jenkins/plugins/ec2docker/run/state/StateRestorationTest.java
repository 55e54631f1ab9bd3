package io.jenkins.plugins.ec2docker.run.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateSummary;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateRestorationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String FULL =
            state(3, "{\"mode\": \"managed\", \"type\": \"aws_instance\", \"name\": \"this\", \"instances\": [{}]}");

    @TempDir
    Path directory;

    private DeploymentStore store;
    private StateVersions states;

    @BeforeEach
    void a_deployment() throws Exception {
        store = new DeploymentStore(directory, Encryption.NONE);
        states = store.states("web");
        Deployment begun = Deployment.begin("web", "web-0000000a", "instance", "eu-central-1", "alice", NOW);
        store.save(begun.beginRun(RunSummary.begin("run-1", Purpose.PROVISION, "alice", NOW)));
        states.add("run-1", FULL.getBytes(UTF_8));
        states.add("run-2", state(4, "").getBytes(UTF_8));
    }

    @Test
    void the_restored_one_is_the_latest_and_all_others_are_kept() throws Exception {
        StateVersions.Version latest = restoration().of("web", 1);

        assertThat(latest).isEqualTo(states.latest().orElseThrow());
        assertThat(states.read(latest)).asString(UTF_8).isEqualTo(FULL);
        assertThat(states.list()).extracting(StateVersions.Version::number).containsExactly(1, 2, 3);
        assertThat(latest.restored()).isEqualTo(1);
        assertThat(latest.runId()).isEqualTo("run-1");
        assertThat(StateSummary.of(states, latest).serial()).isEqualTo(3);
        assertThat(StateSummary.of(states, latest).resources()).isEqualTo(1);
    }

    @Test
    void what_counted_as_gone_can_be_destroyed_again() throws Exception {
        assertThat(store.find("web").orElseThrow().isGone()).isTrue();
        restoration().of("web", 1);

        assertThat(store.find("web").orElseThrow().status()).isEqualTo(Deployment.Status.INCOMPLETE);
    }

    @Test
    void nothing_is_restored_while_a_run_is_at_work() throws Exception {
        try (DeploymentLock lock = store.lock("web", DeploymentLock.Holder.here("run-9", Purpose.PROVISION, "bob", NOW))) {
            assertThatThrownBy(() -> restoration().of("web", 1)).isInstanceOf(DeploymentLock.Held.class).hasMessageContaining("run-9");
        }
        assertThat(states.list()).hasSize(2);
    }

    @Test
    void what_is_no_state_to_go_on_from_is_refused_and_nothing_changed() throws Exception {
        states.add("run-3", "{\"version\": 4,".getBytes(UTF_8));
        states.add("run-4", FULL.getBytes(UTF_8));

        refused(2, "knows of nothing in AWS");
        refused(3, "is no state that Terraform could read");
        refused(4, "is the latest already");
        refused(5, "has no state version 5");
        assertThatThrownBy(() -> restoration().of("shop", 1)).hasMessage("There is no deployment \"shop\".");
        assertThat(states.list()).hasSize(4);
        assertThat(store.find("web").orElseThrow().isGone()).isTrue();
    }

    @Test
    void the_state_of_an_earlier_deployment_of_the_name_is_refused() throws Exception {
        Deployment again =
                store.find("web").orElseThrow().beginAgain("web-0000000b", "instance", "eu-central-1", "bob", NOW.plusSeconds(60));
        store.save(again.beginRun(RunSummary.begin("run-5", Purpose.PROVISION, "bob", NOW.plusSeconds(60))));

        refused(1, "is of an earlier deployment of that name");
    }

    private void refused(int version, String why) {
        assertThatThrownBy(() -> restoration().of("web", version)).isInstanceOf(StateRestoration.NotRestored.class)
                .hasMessageContaining(why);
    }

    private StateRestoration restoration() {
        return new StateRestoration(store, Duration.ofSeconds(1), "alice", Clock.fixed(NOW, ZoneOffset.UTC), note -> {});
    }

    private static String state(int serial, String resources) {
        return "{\"version\": 4, \"serial\": " + serial + ", \"lineage\": \"5f0d\", \"resources\": [" + resources + "]}";
    }
}
