package io.jenkins.plugins.ec2docker.verify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.clients.TargetGroups;
import io.jenkins.plugins.ec2docker.aws.clients.TargetHealth;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.platform.PollInterval;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One wait for instances or tasks behind a load balancer to serve: the {@link Rollout} and the health of their targets at the same time, the
 * service's answer after them, all of it within one bound.
 */
public final class FleetReadiness implements ReadinessCheck {

    /** A target is found healthy after two checks, usually half a minute apart: oftener gains nothing. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Rollout rollout;
    private final TargetGroups targets;
    private final String targetGroup;
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
    private boolean serving;
    private String standing = "nothing was seen yet";
    private final RefusalNotes refusals;

    public FleetReadiness(Rollout rollout, TargetGroups targets, String targetGroup, ReadinessTerms terms) {
        this.rollout = rollout;
        this.targets = targets;
        this.targetGroup = targetGroup;
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
        terms.announce(rollout.subject() + " and the health of its targets");
    }

    @Override
    public Optional<Readiness> look() throws AwsException, InterruptedException {
        Optional<Readiness> seen = lookOnce();
        if (seen.filter(Readiness::ok).isPresent()) {
            try {
                rollout.settle(keys.get());
            } catch (AwsException e) {
                notes.accept("What " + rollout.subject() + " ran before could not be cleared away; the next update tries again: "
                        + e.getMessage());
            }
        }
        return seen;
    }

    private Optional<Readiness> lookOnce() throws AwsException, InterruptedException {
        if (!serving) {
            Optional<Readiness> outcome = lookAtAws();
            if (outcome.isPresent()) {
                return outcome;
            }
        }
        if (serving) {
            return url == null ? Optional.of(Readiness.ready()) : lookAtService();
        }
        return clock.instant().isBefore(end) ? Optional.empty() : Optional.of(Readiness.failed(sentence(rollout.subject())
                + " does not serve after " + time.whole().toMinutes() + " min: " + standing
                + (refusals.standing().isEmpty() ? "" : "; " + refusals.standing())
                + "."));
    }

    @Override
    public Duration pause() {
        Duration next = interval.next();
        Duration pause = answer == null ? next : PollInterval.shorter(next, answer.pause());
        return PollInterval.within(pause, Duration.between(clock.instant(), end));
    }

    /** Present where there is nothing more to wait for, or nothing is to run. */
    private Optional<Readiness> lookAtAws() throws AwsException {
        try {
            Rollout.Standing seen = rollout.look(keys.get());
            String failure = seen.failure();
            if (failure != null) {
                return Optional.of(Readiness.failed(failure));
            }
            if (seen.done() && seen.wanted() == 0) {
                return Optional
                        .of(Readiness.ready(sentence(rollout.subject()) + " is to run nothing at the moment, as its scaling has it."));
            }
            List<TargetHealth> found = targets.targets(keys.get(), targetGroup).stream().filter(target -> !target.leaving()).toList();
            long healthy = found.stream().filter(TargetHealth::healthy).count();
            serving = seen.done() && healthy >= seen.wanted() && healthy == found.size();
            tell(seen.standing() + "; " + healthy + " of " + Math.max(found.size(), seen.wanted()) + " targets are healthy"
                    + unwell(found));
            refusals.answered();
        } catch (AwsException e) {
            if (!e.passing()) {
                throw e;
            }
            refusals.refused(e.getMessage());
        }
        return Optional.empty();
    }

    private void tell(String now) {
        if (!now.equals(standing)) {
            notes.accept(sentence(now) + ".");
        }
        standing = now;
    }

    private Optional<Readiness> lookAtService() throws InterruptedException {
        if (answer == null) {
            Duration left = Duration.between(clock.instant(), end);
            answer = terms.poll(PollInterval.within(time.answer(), left));
            interval.restart();
        }
        return answer.look().map(seen -> seen.healthy()
                ? Readiness.ready(url + " answers.")
                : Readiness.failed("Not healthy within " + seen.took().toSeconds() + " s: " + seen.reason()));
    }

    private static String unwell(List<TargetHealth> found) {
        return found.stream()
                .filter(target -> !target.healthy())
                .findFirst()
                .map(target -> ", " + target.target() + " is " + target.state()
                        + (target.reason().isBlank() ? "" : " (" + target.reason() + ")"))
                .orElse("");
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
