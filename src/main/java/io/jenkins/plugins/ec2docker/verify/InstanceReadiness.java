package io.jenkins.plugins.ec2docker.verify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.bootstrap.BootStatus;
import io.jenkins.plugins.ec2docker.platform.PollInterval;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One wait for one instance to serve: EC2's status checks and the boot at the same time, the service's answer after the boot, all of it within
 * one bound. An instance that AWS takes away, and a boot that ends in vain, end the wait at once.
 */
public final class InstanceReadiness implements ReadinessCheck {

    /** EC2 makes its checks every minute, and a console is renewed by what is printed: oftener gains nothing. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final String id;
    private final InstanceStatusPoll instance;
    @CheckForNull
    private final BootProgress boot;
    private final String run;
    private final ReadinessTerms terms;
    @CheckForNull
    private final URI url;
    private final ReadinessTimeout time;
    private final InstantSource clock;
    private final SessionKeys keys;
    private final Consumer<String> notes;
    private final Instant end;
    private final PollInterval interval = new PollInterval(Duration.ofSeconds(1), LONGEST_PAUSE);

    @CheckForNull
    private HealthPoll answer;
    private boolean answered;
    private final RefusalNotes refusals;

    /**
     * @param boot null for an instance whose boot has been seen to its end
     * @param run the run that waits
     */
    public InstanceReadiness(Instances instances, String id, @CheckForNull BootProgress boot, String run, ReadinessTerms terms) {
        this.id = id;
        this.instance = new InstanceStatusPoll(instances, id, terms.notes());
        this.boot = boot;
        this.run = run;
        this.terms = terms;
        this.url = terms.url();
        this.time = terms.time();
        this.clock = terms.clock();
        this.keys = terms.keys();
        this.notes = terms.notes();
        this.refusals = new RefusalNotes(clock, notes);
        this.end = clock.instant().plus(time.whole());
    }

    @Override
    public void announce() {
        terms.announce("instance " + id + (boot == null ? "" : " to boot and") + " to pass EC2's status checks");
    }

    @Override
    public Optional<Readiness> look() throws AwsException, InterruptedException {
        Optional<Readiness> lost = lookAtAws();
        if (lost.isPresent()) {
            return lost;
        }
        Optional<Readiness> unanswered = lookAtService();
        if (unanswered.isPresent()) {
            return unanswered;
        }
        if (instance.passed() && isBooted() && (url == null || answered)) {
            return Optional.of(url == null ? Readiness.ready() : Readiness.ready(url + " answers."));
        }
        return clock.instant().isBefore(end) ? Optional.empty() : Optional.of(overdue());
    }

    /** Grows from one second to ten, and starts again from one when the service is to answer; never beyond the bound. */
    @Override
    public Duration pause() {
        Duration next = interval.next();
        Duration pause = answer == null || answered ? next : PollInterval.shorter(next, answer.pause());
        return PollInterval.within(pause, Duration.between(clock.instant(), end));
    }

    private Optional<Readiness> lookAtAws() throws AwsException {
        try {
            Optional<Readiness> lost = instance.look(keys.get());
            if (lost.isEmpty() && boot != null && boot.look(keys.get()) == BootStatus.State.FAILED) {
                boot.tellLog();
                lost = Optional.of(Readiness.failed("Instance " + id + " did not come up: " + boot.reason() + "."
                        + (boot.isOf(run) ? ""
                                : " A boot is not repeated: destroy the deployment, or change what it runs, to boot anew.")));
            }
            refusals.answered();
            return lost;
        } catch (AwsException e) {
            if (!e.passing()) {
                throw e;
            }
            refusals.refused(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Readiness> lookAtService() throws InterruptedException {
        boolean worthAsking = boot == null || boot.isReady() || !boot.isLive();
        if (url == null || answered || !worthAsking) {
            return Optional.empty();
        }
        if (answer == null) {
            Duration left = Duration.between(clock.instant(), end);
            answer = terms.poll(boot != null && !boot.isReady() ? left : PollInterval.shorter(time.answer(), left));
        }
        Optional<HealthPoll.Answer> seen = answer.look();
        answered = seen.isPresent() && seen.get().healthy();
        if (seen.isEmpty() || answered) {
            return Optional.empty();
        }
        if (boot != null && !isBooted()) {
            boot.tellLog();
        }
        return Optional.of(Readiness.failed("Not healthy within " + seen.get().took().toSeconds() + " s: " + seen.get().reason()));
    }

    private boolean isBooted() {
        return boot == null || boot.isReady() || !boot.isLive() && answered;
    }

    private Readiness overdue() {
        List<String> missing = new ArrayList<>();
        if (boot != null && !isBooted()) {
            boot.tellLog();
            missing.add(boot.standing());
        }
        if (!instance.passed()) {
            missing.add(instance.standing());
        }
        if (!refusals.standing().isEmpty()) {
            missing.add(refusals.standing());
        }
        return Readiness
                .failed("Instance " + id + " does not serve after " + time.whole().toMinutes() + " min: " + String.join("; ", missing)
                        + ".");
    }
}
