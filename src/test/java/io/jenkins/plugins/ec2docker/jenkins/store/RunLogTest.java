package io.jenkins.plugins.ec2docker.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.runs.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

    private static final int MOST = 5_000;

    @TempDir
    Path directory;

    private final Console console = new Console();

    @Test
    void a_console_is_bounded_and_says_where_the_rest_is() throws Exception {
        RunLog log = log();
        log.attach(console);
        for (int i = 0; i < MOST + 500; i++) {
            log.info("line " + i);
        }

        assertThat(console.text().lines()).hasSize(MOST + 1).endsWith("Further lines are in the run's own log, on the build's page.");
        assertThat(Files.readAllLines(directory.resolve("log"))).hasSize(MOST + 500);
    }

    @Test
    void a_console_that_comes_later_gets_what_it_has_missed_once() {
        RunLog log = log();
        log.attach(console);
        log.info("before");
        log.detach();
        log.warn("while away");
        Console later = new Console();
        log.attach(later);
        log.info("after");

        assertThat(console.text().lines()).containsExactly("before");
        assertThat(later.text().lines()).containsExactly("while away", "after");
    }

    @Test
    void what_an_earlier_controller_told_but_could_not_note_is_told_once() throws Exception {
        RunLog before = log();
        before.info("creating");
        long noted = before.caughtUp();
        before.info("created in 2 s");
        before.info("creating");

        RunLog next = log();
        next.attach(console);
        next.resume(noted);
        next.info("created in 2 s");
        next.info("creating");
        next.info("creating");
        next.caughtUp();
        next.info("created in 2 s");

        assertThat(console.text().lines()).containsExactly("creating", "created in 2 s");
        assertThat(Files.readAllLines(directory.resolve("log"))).hasSize(5);
    }

    @Test
    void a_secret_is_masked_in_all_that_is_told_also_where_it_spans_lines() throws Exception {
        RunLog log = log();
        log.attach(console);
        log.hide("one\ntwo");
        log.info("before one\ntwo after");

        assertThat(console.text()).isEqualToNormalizingNewlines("before **** after\n");
        assertThat(Files.readString(directory.resolve("log"))).doesNotContain("two");
    }

    @Test
    void a_short_secret_is_masked_as_a_word_and_a_longer_one_wholly_before_what_is_in_it() {
        RunLog log = log();
        log.attach(console);
        log.hide("admin");
        log.hide("password1");
        log.hide("password123");
        log.info("admin of administrators, admin=password123, xpassword1x");

        assertThat(console.text()).isEqualToNormalizingNewlines("**** of administrators, ****=****, x****x\n");
    }

    private RunLog log() {
        return new RunLog(BuildRunFiles.apart(directory), Clock.systemUTC());
    }
}
