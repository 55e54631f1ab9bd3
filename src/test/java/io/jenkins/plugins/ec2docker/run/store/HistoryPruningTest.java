package io.jenkins.plugins.ec2docker.run.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPruningTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    /** Of ten runs the last three; the first is the applied one, the second good with another request. */
    private static final List<String> KEPT = List.of("run-1", "run-2", "run-7", "run-8", "run-9");

    @TempDir
    Path directory;

    private Path root;
    private DeploymentStore store;
    private HistoryPruning pruning;

    @BeforeEach
    void three_runs_are_kept_for_thirty_days() {
        in("deployments");
    }

    private void in(String name) {
        root = directory.resolve(name);
        store = new DeploymentStore(root, Encryption.NONE);
        pruning = new HistoryPruning(store, new Retention(3, 30), "a test");
    }

    @Test
    void record_states_and_runs_lose_the_same_and_keep_what_a_rollback_needs() throws Exception {
        save(live());
        assertThat(pruning.of("web", NOW)).map(HistoryPruning.Removed::toString)
                .contains("what was kept of 5 runs and 6 state versions");
        assertPruned();
        assertThat(pruning.isDue("web", NOW)).isFalse();
        assertThat(pruning.of("web", NOW)).isEmpty();
    }

    @Test
    void a_kill_between_any_two_deletions_leaves_a_record_of_what_is_there_and_the_next_pass_does_the_rest() throws Exception {
        int steps = 1;
        for (int killedAfter = 0; killedAfter < steps; killedAfter++) {
            in("killed-after-" + killedAfter);
            save(live());
            List<HistoryPruning.Step> all = pruning.due("web", NOW).steps();
            steps = all.size();
            for (HistoryPruning.Step step : all.subList(0, killedAfter)) {
                step.take();
            }
            Deployment record = store.find("web").orElseThrow();
            List<String> states = store.states("web").list().stream().map(StateVersions.Version::runId).toList();
            for (RunSummary run : record.runs()) {
                assertThat(states).as("after %d deletions", killedAfter).contains(run.id());
                assertThat(store.pins("web", run.id())).isEmpty();
                assertThat(root.resolve("web/runs/" + run.id() + "/request.json")).exists();
            }
            pruning.of("web", NOW);
            assertPruned();
        }
        assertThat(steps).isEqualTo(1 + 6 + 5);
    }

    @Test
    void a_kill_while_a_run_is_deleted_leaves_a_rest_that_the_next_pass_removes() throws Exception {
        save(live());
        pruning.due("web", NOW).steps().get(0).take();
        Files.delete(root.resolve("web/runs/run-3/request.json"));
        pruning.of("web", NOW);
        assertPruned();
    }

    @Test
    void the_latest_state_stays_with_its_run_however_old() throws Exception {
        save(live());
        StateVersions states = store.states("web");
        written(states.restore(states.find(3).orElseThrow()).file(), 100);
        pruning.of("web", NOW);
        assertThat(states.latest().orElseThrow().runId()).isEqualTo("run-3");
        assertThat(store.find("web").orElseThrow().run("run-3")).isPresent();
        assertThat(states.add("run-10", "ten".getBytes(UTF_8)).number()).as("numbers go on").isEqualTo(12);
    }

    @Test
    void a_locked_deployment_and_one_with_the_workspace_of_a_killed_run_are_left_alone() throws Exception {
        save(live());
        Deployment before = store.find("web").orElseThrow();
        try (DeploymentLock lock = store.lock("web", DeploymentLock.Holder.here("run-10", Purpose.PROVISION, "bob", NOW))) {
            assertThatThrownBy(() -> pruning.of("web", NOW)).isInstanceOf(DeploymentLock.Held.class);
        }
        store.workDirectory("web", "run-9");
        assertThat(pruning.of("web", NOW)).isEmpty();
        store.save(destroyed());
        assertThat(pruning.of("web", NOW)).isEmpty();
        assertThat(store.find("web").orElseThrow().runs()).isEqualTo(before.runs());
        assertThat(store.states("web").list()).hasSize(11);
    }

    @Test
    void a_destroyed_deployment_goes_whole_and_a_kill_at_any_moment_is_made_good_by_the_next_pass() throws Exception {
        int steps = 1;
        for (int killedAfter = 0; killedAfter <= steps; killedAfter++) {
            save(destroyed());
            List<HistoryPruning.Step> all = pruning.due("web", NOW).steps();
            steps = all.size();
            for (HistoryPruning.Step step : all.subList(0, killedAfter)) {
                step.take();
            }
            assertThat(store.find("web").map(Deployment::runs).orElse(List.of()).isEmpty() || killedAfter == 0)
                    .as("the record names none of the states and runs that go").isTrue();
            pruning.of("web", NOW);
            assertThat(root.resolve("web")).as("after %d deletions", killedAfter).doesNotExist();
            assertThat(store.list()).isEmpty();
            assertThat(store.names()).isEmpty();
        }
    }

    @Test
    void files_without_a_record_are_kept_for_those_who_lost_it() throws Exception {
        save(live());
        Files.delete(root.resolve("web/deployment.json"));
        assertThat(pruning.of("web", NOW)).isEmpty();
        assertThat(store.states("web").list()).hasSize(11);
    }

    @Test
    void a_name_whose_deployment_has_just_gone_whole_can_be_taken_by_a_new_one() throws Exception {
        save(destroyed());
        pruning.of("web", NOW);
        try (DeploymentLock lock = store.lock("web", DeploymentLock.Holder.here("run-1", Purpose.PROVISION, "bob", NOW))) {
            assertThatThrownBy(() -> store.lock("web", DeploymentLock.Holder.here("run-2", Purpose.PROVISION, "alice", NOW)))
                    .isInstanceOf(DeploymentLock.Held.class);
        }
    }

    @Test
    void what_was_shortened_stays_where_it_was_in_the_list_of_the_last_changed_but_is_read_again() throws Exception {
        save(live());
        Path record = root.resolve("web/deployment.json");
        Instant changed = NOW.minus(Duration.ofDays(40));
        Files.setLastModifiedTime(record, FileTime.from(changed));
        pruning.of("web", NOW);
        assertThat(Files.getLastModifiedTime(record).toInstant()).isAfter(changed).isBefore(changed.plusSeconds(5));
    }

    private void assertPruned() throws IOException {
        assertThat(store.find("web").orElseThrow().runs()).extracting(RunSummary::id).containsExactlyElementsOf(KEPT);
        assertThat(store.states("web").list()).extracting(StateVersions.Version::runId)
                .containsExactly("run-1", "run-2", "run-7", "run-8", "run-9");
        try (Stream<Path> runs = Files.list(root.resolve("web/runs"))) {
            assertThat(runs.map(run -> run.getFileName().toString()).sorted()).containsExactlyElementsOf(KEPT);
        }
    }

    /** Each run leaves a state; before the fourth another machine has changed it in S3. */
    private void save(Deployment deployment) throws IOException {
        store.save(deployment);
        for (int i = 1; i <= 10; i++) {
            String id = i == 10 ? "a-plan-that-was-killed" : "run-" + i;
            if (i == 4) {
                written(store.states("web").add("from-s3", "from S3".getBytes(UTF_8)).file(), 70);
            }
            Files.writeString(store.runDirectory("web", id).resolve("request.json"), "{}");
            if (i < 10) {
                written(store.states("web").add(id, id.getBytes(UTF_8)).file(), 91 - 10 * i);
            }
        }
        // Left by a run that an earlier pass has forgotten.
        Path rest = root.resolve("web/states/000000-run-0.tfstate");
        Files.writeString(rest, "zero");
        written(rest, 120);
    }

    private static void written(Path file, int daysAgo) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
    }

    private static Deployment live() {
        Deployment deployment = Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOW.minus(Duration.ofDays(99)))
                .toBuilder().status(Deployment.Status.LIVE).appliedRun("run-2").build();
        for (int i = 1; i <= 9; i++) {
            Instant begun = NOW.minus(Duration.ofDays(91 - 10 * i));
            RunResult.Status end = i <= 2 ? RunResult.Status.SUCCEEDED : RunResult.Status.FAILED;
            deployment = deployment.beginRun(RunSummary.begin("run-" + i, Purpose.PROVISION, "alice", begun).given("request " + i)
                    .end(new RunResult(end, "It ended.", true), false, begun));
        }
        return deployment;
    }

    private static Deployment destroyed() {
        return live().toBuilder().status(Deployment.Status.EMPTY).updated(NOW.minus(Duration.ofDays(31))).build();
    }
}
