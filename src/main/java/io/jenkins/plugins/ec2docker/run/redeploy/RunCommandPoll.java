package io.jenkins.plugins.ec2docker.run.redeploy;

import io.jenkins.plugins.ec2docker.aws.clients.RunCommand;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.bootstrap.BootConsole;
import io.jenkins.plugins.ec2docker.bootstrap.BootStatus;
import io.jenkins.plugins.ec2docker.bootstrap.RedeployScript;
import io.jenkins.plugins.ec2docker.platform.PollInterval;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.verify.RefusalNotes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One redeployment on one instance, look by look: sends it with the first look, then follows it to its end and tells what it prints. Sent
 * by a run that another process takes up, it is followed by that one; where nobody knows whether it was sent it is sent again, which comes
 * to the same.
 */
final class RunCommandPoll {

    /** The agent asks for commands all the time; AWS itself gives an instance that does not answer up after five minutes. */
    private static final Duration DELIVERY = Duration.ofMinutes(2);

    private final RunCommand commands;
    private final String instance;
    private final RedeployScript redeployment;
    private final Sent sent;
    private final Duration limit;
    private final InstantSource clock;
    private final SessionKeys keys;
    private final Consumer<String> notes;
    private final RefusalNotes refusals;
    private final Instant end;
    private final PollInterval interval = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private List<String> told = List.of();

    /** Where the id of the command is kept once it was sent. */
    interface Sent {
        Optional<String> id() throws IOException;

        void id(String commandId) throws IOException;
    }

    /** @param limit within which the script must have ended */
    RunCommandPoll(RunCommand commands, String instance, RedeployScript redeployment, Sent sent, Duration limit, InstantSource clock,
            SessionKeys keys, Consumer<String> notes) {
        this.commands = commands;
        this.instance = instance;
        this.redeployment = redeployment;
        this.sent = sent;
        this.limit = limit;
        this.clock = clock;
        this.keys = keys;
        this.notes = notes;
        this.refusals = new RefusalNotes(clock, notes);
        this.end = clock.instant().plus(DELIVERY).plus(limit);
    }

    /** Empty while it is to go on after a {@link #pause}; the message of a failure is the reason alone, without the instance. */
    Optional<Outcome> look() throws AwsException, IOException {
        try {
            Optional<String> id = sent.id();
            if (id.isEmpty()) {
                sent.id(commands.send(keys.get(), instance, redeployment.command(), "ec2-docker " + redeployment.mark(), DELIVERY, limit));
                return Optional.empty();
            }
            Optional<RunCommand.Standing> standing = commands.standing(keys.get(), instance, id.get());
            refusals.answered();
            standing.ifPresent(this::tell);
            if (standing.isPresent() && standing.get().isOver()) {
                return Optional.of(outcome(standing.get()));
            }
        } catch (AwsException e) {
            if (!e.passing()) {
                throw e;
            }
            refusals.refused(e.getMessage());
        }
        return clock.instant().isBefore(end)
                ? Optional.empty()
                : Optional.of(Outcome.failed("it has not ended after " + limit.plus(DELIVERY).toMinutes() + " min"));
    }

    /** Grows from one second to five. */
    Duration pause() {
        return interval.next();
    }

    private void tell(RunCommand.Standing standing) {
        List<String> lines = standing.output().lines().map(BootConsole::printable).toList();
        lines.stream().skip(told.size()).forEach(notes);
        told = lines.size() > told.size() ? lines : told;
    }

    private Outcome outcome(RunCommand.Standing standing) {
        BootStatus line = BootStatus.of(standing.output() + "\n" + standing.errors(), redeployment.mark());
        return switch (line.state()) {
            case READY -> Outcome.done();
            case FAILED -> Outcome.failed(BootConsole.printable(line.detail()));
            case SILENT, BOOTING -> Outcome.failed("AWS Systems Manager ended it as " + standing.status()
                    + (line.detail().isBlank() ? "" : ", in its step \"" + BootConsole.printable(line.detail()) + "\""));
        };
    }
}
