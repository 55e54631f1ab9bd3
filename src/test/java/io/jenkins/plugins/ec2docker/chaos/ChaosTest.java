package io.jenkins.plugins.ec2docker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.chaos.Trial.Recovery;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few runs of {@code bin/chaos}, with faults that hurt at moments that hurt; and that what is drawn at random can be drawn again. */
class ChaosTest {

    /**
     * The fourth changing call of a provision makes the instance profile, the eleventh the instance; AWS has done so, and nobody hears of it.
     * Interrupts, and kills of all at once, {@code InterruptTest} and {@code LostCallTest} have at more moments.
     */
    private static final List<Trial> TRIALS = List.of(
            new Trial(1, Hit.PROVISION, Fault.KILL_ENGINE, new Moment(true, 2, true, 0, 0), Recovery.AGAIN),
            new Trial(2, Hit.DESTROY, Fault.KILL_TERRAFORM, new Moment(true, 5, false, 10, 0), Recovery.AGAIN),
            new Trial(3, Hit.PROVISION, Fault.DISK_FULL, new Moment(true, 1, true, 0, 0), Recovery.DESTROY),
            new Trial(4, Hit.PROVISION, Fault.CUT, new Moment(true, 4, true, 0, 1), Recovery.DESTROY));

    @Test
    void after_faults_of_different_kinds_the_next_command_recovers_and_nothing_is_lost(@TempDir Path directory) throws Exception {
        Queue<String> notes = new ConcurrentLinkedQueue<>();

        Table table = new Chaos(directory, 3, notes::add).run(TRIALS);

        assertThat(table.isGood()).as(String.join("\n", notes)).isTrue();
        assertThat(table.trials()).hasSize(TRIALS.size() - table.skipped())
                .allSatisfy(ended -> assertThat(ended.come()).as(ended.toString()).isTrue());
        notes.stream().filter(note -> note.startsWith("SKIPPED")).forEach(System.err::println);
    }

    @Test
    void the_same_seed_draws_the_same_trials_and_all_faults_come_over_each_kind_of_run() {
        List<Trial> trials = Trial.draw(4711, 30);

        assertThat(Trial.draw(4711, 60)).startsWith(trials.toArray(Trial[]::new));
        assertThat(Trial.draw(4712, 30)).isNotEqualTo(trials);
        assertThat(trials.stream().map(trial -> trial.hit() + " " + trial.fault())).doesNotHaveDuplicates();
    }
}
