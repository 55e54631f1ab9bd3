package io.jenkins.plugins.ec2docker.run;

import static io.jenkins.plugins.ec2docker.run.WaitingInstance.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is waited for after an apply, in which order whatever happens, and how long. */
class VerificationTest {

    private static final String STARTED = "ec2-docker: started (run r-2)";
    private static final String READY = "ec2-docker: ready (run r-2)";
    private static final String HEALTH = "{port: 80, path: /up}";
    private static final AwsException THROTTLED = new AwsException(AwsException.Reason.THROTTLED, "AWS EC2 refuses: too many calls.", null);

    private final WaitingInstance instance = new WaitingInstance();

    @ParameterizedTest
    @CsvSource({"60,120,180", "60,180,120", "120,60,180", "120,180,60", "180,60,120", "180,120,60", "60,60,60"})
    void it_is_done_when_the_last_of_all_has_come_in_whatever_order(int checked, int booted, int answering) throws Exception {
        instance.checks(0, "initializing", "initializing").checks(checked, "ok", "ok");
        instance.console(5, STARTED).console(booted, STARTED, READY).answers(answering);

        assertThat(instance.await(HEALTH)).isEqualTo(Outcome.done("http://203.0.113.7:80/up answers."));

        assertThat(instance.second()).isBetween(Collections.max(List.of(checked, booted, answering)), 190);
        assertThat(instance.askedForHealth).allMatch(second -> second >= booted);
        assertThat(instance.askedForConsole).allMatch(second -> second < booted + 10);
    }

    @Test
    void what_serves_already_costs_one_look_and_no_word() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED, READY);

        assertThat(instance.await(null)).isEqualTo(Outcome.done());
        assertThat(instance.pauses).isEmpty();
        assertThat(instance.notes).isEmpty();
    }

    @Test
    void each_step_and_each_change_is_told_once() throws Exception {
        instance.checks(0, "initializing", "initializing").checks(70, "initializing", "ok").checks(130, "ok", "ok");
        instance.console(10, STARTED, "ec2-docker: installing Docker")
                .console(60, STARTED, "ec2-docker: installing Docker", "ec2-docker: pulling images")
                .console(120, STARTED, "ec2-docker: pulling images", READY);

        instance.await(null);

        assertThat(instance.notes).containsExactly(
                "Waiting for instance " + ID + " to boot and to pass EC2's status checks, at most 20 min.",
                "Boot: installing Docker.",
                "Boot: pulling images.",
                "EC2's status checks: instance initializing, system ok.");
    }

    @Test
    void a_boot_that_fails_ends_the_wait_at_once_with_its_reason_and_its_log() throws Exception {
        instance.checks(0, "initializing", "initializing");
        instance.console(30, STARTED, "ec2-docker: starting containers",
                "ec2-docker: container web is restarting, exit code 1, restarts 10,"
                        + " health none",
                "ec2-docker: web| Error: no DATABASE_URL", "", "ec2-docker: failed: container web restarted 10 times, last"
                        + " with code 1 (run r-2)",
                "login:");

        assertThat(instance.await(HEALTH))
                .isEqualTo(Outcome.failed("Instance " + ID + " did not come up: container web restarted 10 times, last with code 1."));
        assertThat(instance.second()).isLessThan(45);
        assertThat(instance.askedForHealth).isEmpty();
        assertThat(instance.notes).endsWith(
                "From the console of instance " + ID + ":",
                "ec2-docker: container web is restarting, exit code 1, restarts 10, health none",
                "ec2-docker: web| Error: no DATABASE_URL");
    }

    @Test
    void a_boot_that_failed_in_an_earlier_run_is_said_not_to_be_repeated() throws Exception {
        instance.bootedBy("r-1").checks(0, "ok", "ok");
        instance.console(0, "ec2-docker: started (run r-1)", "ec2-docker: failed: pulling images: no route (run r-1)");

        assertThat(instance.await(null).message()).isEqualTo("Instance " + ID + " did not come up: pulling images: no route. A boot is not"
                + " repeated: destroy the deployment, or change what it runs, to boot anew.");
    }

    @Test
    void a_boot_that_never_ends_is_given_up_with_its_step() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED, "ec2-docker: pulling images");

        assertThat(instance.await(null)).isEqualTo(Outcome.failed("Instance " + ID
                + " does not serve after 20 min: the boot script has not ended, its step is \"pulling images\"."));
        assertThat(instance.second()).isEqualTo(20 * 60);
    }

    @Test
    void a_boot_that_never_begins_is_given_up_with_the_console_s_last_lines() throws Exception {
        instance.checks(0, "ok", "ok").console(0, "[ 1.0] Linux", "[ 9.9] cloud-init: no network");

        assertThat(instance.await(null).message()).endsWith("its console shows no line of the boot script (run r-2).");
        assertThat(instance.notes).endsWith("From the console of instance " + ID + ":", "[ 1.0] Linux", "[ 9.9] cloud-init: no network");
    }

    @Test
    void status_checks_that_stay_impaired_are_a_failure_and_those_that_recover_are_not() throws Exception {
        instance.console(0, STARTED, READY).checks(0, "impaired", "ok");
        assertThat(instance.await(null)).isEqualTo(Outcome.failed("Instance " + ID
                + " does not serve after 20 min: EC2's status checks are: instance impaired, system ok."));

        WaitingInstance recovering = new WaitingInstance().console(0, STARTED, READY).checks(0, "impaired", "ok").checks(300, "ok", "ok");
        assertThat(recovering.await(null).ok()).isTrue();
        assertThat(recovering.notes).contains("EC2's status checks: instance impaired, system ok.");
    }

    @ParameterizedTest
    @CsvSource({"0", "40", "400"})
    void an_instance_that_aws_takes_away_is_noticed_at_once(int second) throws Exception {
        instance.checks(0, "initializing", "initializing")
                .state(second, "shutting-down", "Server.SpotInstanceTermination: Spot instance termination");

        assertThat(instance.await(HEALTH)).isEqualTo(Outcome.failed("Instance " + ID
                + " is shutting-down instead of running: Server.SpotInstanceTermination: Spot instance termination."));
        assertThat(instance.second()).isBetween(second, second + 10);
    }

    @Test
    void an_instance_that_aws_does_not_know_is_a_failure() throws Exception {
        assertThat(instance.unknown().await(null).message()).isEqualTo("AWS does not know instance " + ID + ", which the state names.");
    }

    @Test
    void the_service_has_its_own_time_from_the_end_of_the_boot() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED).console(100, STARTED, READY);

        Outcome outcome = instance.await("{port: 80, timeout: 30s}");

        assertThat(outcome).isEqualTo(Outcome.failed("Not healthy within 30 s: http://203.0.113.7:80/up refuses the connection."));
        assertThat(instance.second()).isBetween(130, 141);
    }

    @Test
    void the_request_s_time_is_added_to_the_boot_s() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED);

        assertThat(instance.await("{port: 80, timeout: 1h}").message()).contains("does not serve after 75 min");
        assertThat(instance.second()).isEqualTo(75 * 60);
    }

    @Test
    void a_boot_that_ends_at_the_bound_leaves_the_service_one_look() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED).console(20 * 60, STARTED, READY).answers(0);

        assertThat(instance.await(HEALTH).ok()).isTrue();
        assertThat(instance.askedForHealth).containsExactly(20 * 60);
    }

    @Test
    void an_instance_that_has_served_before_is_not_asked_for_its_console() throws Exception {
        instance.servedBefore(ID).bootedBy("r-1").checks(0, "initializing", "ok").checks(50, "ok", "ok").answers(20);

        assertThat(instance.await(HEALTH).ok()).isTrue();
        assertThat(instance.askedForConsole).isEmpty();
    }

    @Test
    void another_instance_than_the_one_that_has_served_must_boot() throws Exception {
        instance.servedBefore("i-00000000000000001").bootedBy("r-1").checks(0, "ok", "ok");
        instance.console(30, "ec2-docker: started (run r-1)", "ec2-docker: ready (run r-1)");

        assertThat(instance.await(null).ok()).isTrue();
        assertThat(instance.second()).isBetween(30, 45);
    }

    @Test
    void where_aws_does_not_show_the_console_an_answer_of_the_service_is_enough() throws Exception {
        instance.notLive().checks(0, "ok", "ok").console(0, STARTED).answers(200);

        assertThat(instance.await(HEALTH).ok()).isTrue();
        assertThat(instance.second()).isBetween(200, 210);
    }

    @Test
    void where_neither_can_show_the_way_out_is_named() throws Exception {
        assertThat(instance.notLive().checks(0, "ok", "ok").await(null).message()).contains("is not built on Nitro")
                .endsWith("use another type, or give the request a health address.");
    }

    @Test
    void a_passing_refusal_is_told_once_and_waited_out() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED, READY).refuses(0, 60, THROTTLED);

        assertThat(instance.await(null).ok()).isTrue();
        assertThat(instance.second()).isBetween(60, 75);
        assertThat(instance.notes).containsOnlyOnce(THROTTLED.getMessage());
    }

    @Test
    void a_refusal_that_does_not_pass_is_the_reason_in_the_end() throws Exception {
        instance.checks(0, "ok", "ok").console(0, STARTED, READY).refuses(0, 9999, THROTTLED);

        assertThat(instance.await(null).message()).contains("does not serve after 20 min").endsWith("too many calls.");
        for (int minute = 1; minute < 19; minute++) {
            assertThat(instance.notes).containsOnlyOnce(
                    THROTTLED.getMessage() + " It has been so for " + minute + " min, and AWS is asked again.");
        }
    }

    @Test
    void a_missing_permission_ends_the_wait_with_its_sentence() {
        AwsException denied =
                new AwsException(AwsException.Reason.NOT_ALLOWED, "Alice is not allowed to call ec2:DescribeInstanceStatus.", null);
        instance.checks(0, "ok", "ok").refuses(0, 9999, denied);

        assertThatThrownBy(() -> instance.await(null)).isSameAs(denied);
    }

    @Test
    void looks_grow_rarer_and_keys_are_asked_for_at_each() throws Exception {
        instance.checks(0, "initializing", "initializing").checks(60, "ok", "ok").console(0, STARTED, READY);

        instance.await(null);

        assertThat(instance.pauses).startsWith(1, 2, 4, 8, 10, 10).allMatch(pause -> pause <= 10);
        assertThat(instance.keysAskedFor).isGreaterThan(instance.pauses.size());
    }
}
