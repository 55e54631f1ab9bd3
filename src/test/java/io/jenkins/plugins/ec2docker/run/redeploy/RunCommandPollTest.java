package io.jenkins.plugins.ec2docker.run.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.RunCommand;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.bootstrap.RedeployScript;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders of events that no emulator can be led through: what Systems Manager says, look by look, is written down. */
class RunCommandPollTest implements RunCommand, RunCommandPoll.Sent {

    private static final String STARTED = "ec2-docker: started (run r-2)\n";
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");

    private final Deque<Object> future = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();
    private int sent;
    private String id;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void it_is_sent_once_and_what_it_prints_is_told_once() throws Exception {
        future.add(Optional.empty());
        future.add(standing("InProgress", STARTED + "ec2-docker: pulling images\n"));
        future.add(standing("InProgress", STARTED + "ec2-docker: pulling images\nec2-docker: starting containers\n"));
        future.add(standing("Success", STARTED
                + "ec2-docker: pulling images\nec2-docker: starting containers\nec2-docker: ready (run r-2)\n"));

        assertThat(await()).isEqualTo(Outcome.done());
        assertThat(sent).isOne();
        assertThat(notes).containsExactly("ec2-docker: started (run r-2)", "ec2-docker: pulling images", "ec2-docker: starting containers",
                "ec2-docker: ready (run r-2)");
    }

    @Test
    void one_that_an_earlier_process_has_sent_is_followed_and_not_sent_again() throws Exception {
        id = "c-1";
        future.add(standing("Success", STARTED + "ec2-docker: ready (run r-2)\n"));

        assertThat(await()).isEqualTo(Outcome.done());
        assertThat(sent).isZero();
    }

    @Test
    void a_closing_line_that_was_cut_off_is_read_from_the_errors() throws Exception {
        future.add(Optional.of(new Standing("Failed", STARTED + "ec2-docker: web| log",
                "ec2-docker: failed: container web is dead (run r-2)\n")));

        assertThat(await()).isEqualTo(Outcome.failed("container web is dead"));
    }

    @Test
    void one_that_systems_manager_ends_is_a_failure_with_its_word() throws Exception {
        future.add(standing("TimedOut", STARTED + "ec2-docker: pulling images\n"));

        assertThat(await()).isEqualTo(Outcome.failed("AWS Systems Manager ended it as TimedOut, in its step \"pulling images\""));
    }

    @Test
    void success_without_a_closing_line_is_none() throws Exception {
        future.add(standing("Success", ""));

        assertThat(await()).isEqualTo(Outcome.failed("AWS Systems Manager ended it as Success"));
    }

    @Test
    void throttling_is_waited_out_and_a_permission_that_is_missing_is_not() throws Exception {
        future.add(new AwsException(AwsException.Reason.THROTTLED, "Too many calls.", null));
        future.add(standing("Success", STARTED + "ec2-docker: ready (run r-2)\n"));
        assertThat(await()).isEqualTo(Outcome.done());

        future.add(new AwsException(AwsException.Reason.NOT_ALLOWED, "Not allowed.", null));
        assertThatThrownBy(this::await).isInstanceOf(AwsException.class);
    }

    @Test
    void one_that_never_ends_is_given_up_in_time() throws Exception {
        Instant begun = now;
        for (int i = 0; i < 1000; i++) {
            future.add(standing("InProgress", STARTED));
        }

        assertThat(await()).isEqualTo(Outcome.failed("it has not ended after 12 min"));
        assertThat(Duration.between(begun, now)).isBetween(Duration.ofMinutes(12), Duration.ofMinutes(12).plusSeconds(5));
    }

    private Outcome await() throws Exception {
        RedeployScript redeployment = new RedeployScript(RequestParser.parse(DocumentReader.read(
                "{name: web, region: eu-central-1, instanceType: t3.small, containers: [{image: nginx}]}", DocumentReader.Format.YAML))
                .orElseThrow(), "r-2", 2, true);
        RunCommandPoll watch =
                new RunCommandPoll(this, "i-1", redeployment, this, Duration.ofMinutes(10), () -> now, () -> KEYS, notes::add);
        Optional<Outcome> outcome = watch.look();
        while (outcome.isEmpty()) {
            now = now.plus(watch.pause());
            outcome = watch.look();
        }
        return outcome.get();
    }

    private static Optional<Standing> standing(String status, String output) {
        return Optional.of(new Standing(status, output, ""));
    }

    @Override
    public Optional<String> ping(SessionCredentials credentials, String instanceId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String send(SessionCredentials credentials, String instanceId, String line, String comment, Duration delivery, Duration limit) {
        sent++;
        return "c-1";
    }

    @Override
    @SuppressWarnings("unchecked")
    public Optional<Standing> standing(SessionCredentials credentials, String instanceId, String commandId) throws AwsException {
        assertThat(commandId).isEqualTo("c-1");
        Object next = future.remove();
        if (next instanceof AwsException refusal) {
            throw refusal;
        }
        return (Optional<Standing>) next;
    }

    @Override
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    @Override
    public void id(String commandId) {
        id = commandId;
    }
}
