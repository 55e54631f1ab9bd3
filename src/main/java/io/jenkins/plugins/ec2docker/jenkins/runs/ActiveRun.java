package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentAvailability;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentOfflineException;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentSite;
import io.jenkins.plugins.ec2docker.jenkins.agent.PollTerraformCall.Sight;
import io.jenkins.plugins.ec2docker.jenkins.agent.TerraformPollInterval;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.RunSteps;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.NextStep;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.site.EventLog;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Drives one run without a thread of its own: what there is to do becomes short tasks of a few threads that all runs share, and where it has
 * to wait, a task is scheduled for later.
 *
 * <p>How it recovers. Each form of the run is on disk before what follows from it is begun. Whoever takes it up after a death of the
 * controller begins again each action that was under way: Terraform's by looking at its process directory on the agent, where a launch that
 * was made is found and never made twice; all others by doing them once more, which changes nothing. An agent that cannot be reached is asked
 * again later, for as long as it exists in Jenkins.
 */
final class ActiveRun implements RunHandle {

    private static final Logger LOGGER = Logger.getLogger(ActiveRun.class.getName());

    private static final Duration AFTER_FAILED_LOOK = Duration.ofSeconds(5);
    /** Five minutes of them. */
    private static final int MOST_FAILED_LOOKS = 60;

    private final RunOpener arrival;
    private final AgentSite site;
    private final RunContext scene;
    private final ScheduledExecutorService threads;
    private final Executor launches;
    private final Clock clock;
    private final AgentAvailability agent;
    private final Map<Action, EventLog> outputs = new EnumMap<>(Action.class);

    /**
     * Held by whoever gives the run another form, until that is on disk: so files have the forms in their order. The run's own monitor, which
     * every page takes that shows the run, is only held to read and set fields: a slow disk must not hold up pages.
     */
    private final Object writing = new Object();

    /** Null until it is the run's turn. */
    @CheckForNull
    private volatile RunSteps steps;
    private ActiveRunRecord record;
    private volatile Progress progress = Progress.NONE;
    private boolean begun;
    private boolean ending;
    @CheckForNull
    private volatile RunReport report;
    @CheckForNull
    private Instant ended;
    private final List<Consumer<RunReport>> waiting = new ArrayList<>();

    /**
     * @param threads for tasks that take milliseconds, but for calls to AWS
     * @param launches for those that may take many minutes
     */
    ActiveRun(
            ActiveRunRecord record, RunOpener arrival, AgentSite site, RunContext scene, ScheduledExecutorService threads,
            Executor launches,
            Clock clock) {
        this.record = record;
        this.arrival = arrival;
        this.site = site;
        this.scene = scene;
        this.threads = threads;
        this.launches = launches;
        this.clock = clock;
        this.agent = new AgentAvailability(site, scene.log(), clock);
    }

    @Override
    public synchronized String id() {
        return record.runId();
    }

    synchronized ActiveRunRecord record() {
        return record;
    }

    /** Whether it has done anything, rather than waiting its turn. */
    synchronized boolean hasBegun() {
        return begun || !record.run().actions().isEmpty();
    }

    /** The job, or a folder above it, has another name. */
    void moved(String before, String after) {
        change(known -> known.job().equals(before) ? known.inJob(after) : known);
    }

    /** Gives the run another form and writes it down; does nothing where the form stays as it is. */
    private void change(UnaryOperator<ActiveRunRecord> change) {
        synchronized (writing) {
            ActiveRunRecord changed;
            synchronized (this) {
                changed = change.apply(record);
                if (changed == record) {
                    return;
                }
                record = changed;
            }
            scene.remember(changed);
        }
    }

    /** Whether this process drives it already. */
    synchronized boolean isDriven() {
        return begun;
    }

    /** Begins, or goes on where another process left off. */
    void begin() {
        synchronized (this) {
            if (ending) {
                return;
            }
            begun = true;
        }
        threads.execute(this::arrive);
    }

    private void arrive() {
        try {
            RunOpener.Begun here = arrival.at(record());
            scene.hold(here.lock());
            synchronized (this) {
                Instant interrupted = record.run().interrupted();
                record = interrupted == null ? here.record()
                        : here.record().with(here.record().run().interrupt(interrupted), here.record().deployment());
                steps = here.steps();
            }
            RunReport needless = here.needless();
            if (needless != null) {
                synchronized (this) {
                    ending = true;
                }
                end(() -> needless);
            } else {
                goOn();
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Run " + id() + " could not begin.");
            endBefore(new RunResult(RunResult.Status.FAILED, scene.log().masked(ErrorMessage.sentence(e)), false));
        }
    }

    private void goOn() {
        List<Action> underWay = record().run().actions().stream().filter(ActionRecord::isUnderWay).map(ActionRecord::action).toList();
        for (Action action : underWay) {
            threads.execute(() -> perform(action, true));
        }
        tell(UnaryOperator.identity());
    }

    /** It never was the run's turn: the deployment knows nothing of it. */
    private void endBefore(RunResult result) {
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
        }
        ActiveRunRecord waited = record();
        threads.execute(() -> end(() -> new RunReport(waited.deployment(), waited.run(), result, List.of())));
    }

    @Override
    public RunSnapshot view() {
        synchronized (this) {
            return RunContext.view(record, progress, agent.awaySince(), report, ended == null ? clock.instant() : ended);
        }
    }

    @Override
    public void onEnd(Consumer<RunReport> callback) {
        synchronized (this) {
            if (report == null) {
                waiting.add(callback);
                return;
            }
        }
        callback.accept(report);
    }

    @Override
    public void attach(TaskListener listener) {
        scene.log().attach(listener);
    }

    @Override
    public void detach() {
        scene.log().detach();
    }

    @Override
    public void interrupt(String why) {
        synchronized (this) {
            if (record.run().interrupted() != null || report != null) {
                return;
            }
        }
        boolean waits;
        boolean left;
        synchronized (writing) {
            synchronized (this) {
                waits = steps == null;
                if (waits) {
                    record = record.with(record.run().interrupt(clock.instant()), record.deployment());
                }
                waits &= !begun;
                left = waits && hasBegun();
            }
            if (left) {
                scene.remember(record());
            }
        }
        if (left) {
            scene.log().warn(why + " The run is stopped as soon as it goes on: an earlier Jenkins has begun it.");
        } else if (waits) {
            scene.log().warn(why);
            endBefore(new RunResult(RunResult.Status.INTERRUPTED, "The run was interrupted while it waited. Nothing was changed in AWS.",
                    false));
        } else {
            scene.log().warn(why + " Terraform is asked to stop; what exists is saved, and cleaned up where the request says so.");
            threads.execute(() -> tell(run -> run.interrupt(clock.instant())));
        }
    }

    /** The one place where the run takes another form. */
    private void tell(UnaryOperator<ProvisioningRun> message) {
        List<Action> next = List.of();
        boolean over;
        ProvisioningRun before;
        ProvisioningRun after;
        synchronized (writing) {
            ActiveRunRecord changed;
            synchronized (this) {
                RunSteps present = steps;
                // One that has not arrived yet has been told by its record.
                if (ending || present == null) {
                    return;
                }
                before = record.run();
                after = message.apply(before);
                if (after.next() instanceof NextStep.Start start) {
                    next = start.actions();
                    for (Action action : next) {
                        after = after.started(action, clock.instant());
                    }
                }
                over = after.next() instanceof NextStep.Finished;
                ending = over;
                record = record.with(after, present.deployment());
                changed = record;
            }
            scene.remember(changed);
        }
        scene.stages(before, after);
        scene.changed(this);
        for (Action action : next) {
            threads.execute(() -> perform(action, false));
        }
        if (over) {
            threads.execute(() -> end(() -> steps().conclude(record().run())));
        }
    }

    /** Once it is the run's turn. */
    private RunSteps steps() {
        return Objects.requireNonNull(steps, "it is not the run's turn");
    }

    private void perform(Action action, boolean again) {
        attempt(action, () -> perform(action, again), () -> {
            ProvisioningRun run = record().run();
            switch (action) {
                case PREPARE -> ended(action, steps().prepare(run));
                case ASSUME_ROLE, REDEPLOY, VERIFY, RECLAIM, RESTORE -> see(action);
                case INIT, VALIDATE, PLAN, REVIEW, APPLY, CUTOVER, RETREAT, DESTROY -> {
                    if (again) {
                        look(action, TerraformPollInterval.first());
                    } else {
                        launch(action, TerraformPollInterval.first());
                    }
                }
            }
        });
    }

    private void launch(Action action, TerraformPollInterval pace) {
        // For this one providers may have to be downloaded first.
        Executor here = action == Action.INIT ? launches : Runnable::run;
        here.execute(() -> attempt(action, () -> launch(action, pace), () -> {
            if (launched(action, record().run())) {
                later(() -> look(action, pace), pace.next(true));
            }
        }));
    }

    /** One look at AWS after another, for as long as there is more to see. */
    private void see(Action action) {
        attempt(action, () -> see(action), () -> {
            ProvisioningRun run = record().run();
            boolean stops = run.interrupted() != null && (action == Action.VERIFY || action == Action.REDEPLOY);
            Optional<Outcome> outcome = stops ? Optional.of(RunSteps.interrupted(action)) : steps().look(action, run);
            if (outcome.isPresent()) {
                ended(action, outcome.get());
            } else {
                later(() -> see(action), steps().pause(action));
            }
        });
    }

    /**
     * Looks at a Terraform that was launched; launches it if that never happened. What hinders a look, such as a full disk or an agent without a
     * free process, tells nothing of Terraform, which may be creating something just then: only one look after another that fails ends the
     * action.
     */
    private void look(Action action, TerraformPollInterval pace) {
        look(action, pace, 0);
    }

    /** @param failed how many looks before this one failed in a row */
    private void look(Action action, TerraformPollInterval pace, int failed) {
        attempt(action, () -> look(action, pace, failed), () -> {
            Optional<Outcome> over;
            try {
                over = seen(action, pace);
            } catch (AgentOfflineException | InterruptedException | RejectedExecutionException e) {
                throw e;
            } catch (Exception | Error e) {
                if (failed == MOST_FAILED_LOOKS) {
                    throw e;
                }
                if (failed == 0) {
                    scene.log().warn("What Terraform does (" + action.stage().text() + ") cannot be seen, and is looked at again: "
                            + ErrorMessage.sentence(e));
                }
                // At what it had seen before it failed, too.
                later(() -> look(action, TerraformPollInterval.first(), failed + 1), AFTER_FAILED_LOOK);
                return;
            }
            over.ifPresent(outcome -> ended(action, outcome));
        });
    }

    /** Empty while Terraform is at work; then another look is to come. */
    private Optional<Outcome> seen(Action action, TerraformPollInterval pace) throws Exception {
        ProvisioningRun run = record().run();
        EventLog output = output(action);
        boolean stop = run.interrupted() != null && !run.isCleaningUp();
        Sight sight = site.look(action, output.fetched(), stop);
        agent.back();
        ProcessStatus status = sight.status();
        if (status == null) {
            launch(action, pace);
            return Optional.empty();
        }
        boolean news = sight.output().length > 0;
        output.add(sight.output(), sight.isOver());
        if (news) {
            told(output);
        } else if (!sight.isOver()) {
            scene.quiet(action);
        }
        if (action.changesAws() && pace.isNews(sight.stateStamp())) {
            steps().mirrorState(run);
            news = true;
        }
        if (sight.isOver()) {
            return Optional.of(steps().concluded(action, run, status, output.errors()));
        }
        later(() -> look(action, pace), pace.next(news));
        return Optional.empty();
    }

    private boolean launched(Action action, ProvisioningRun run) throws Exception {
        if (run.interrupted() != null && !run.isCleaningUp()) {
            ended(action, Outcome.failed("Interrupted before it began."));
            return false;
        }
        steps().launch(action, run);
        return true;
    }

    private EventLog output(Action action) throws Exception {
        synchronized (outputs) {
            EventLog output = outputs.get(action);
            if (output == null) {
                output = scene.output(record(), action);
                outputs.put(action, output);
            }
            return output;
        }
    }

    private void told(EventLog changed) {
        progress = changed.progress();
        Map<String, Long> told = new HashMap<>();
        synchronized (outputs) {
            outputs.forEach((action, output) -> told.put(action.name(), output.told()));
        }
        long logged = scene.log().caughtUp();
        change(known -> {
            Map<String, Long> offsets = new HashMap<>(known.told());
            offsets.putAll(told);
            return known.withTold(offsets, logged);
        });
    }

    private void ended(Action action, Outcome told) {
        // It becomes the run's result, which goes to pages, mails, build.xml and Pipeline's records.
        Outcome outcome = told.saying(scene.log().masked(told.message()));
        if (outcome.ok() && !outcome.message().isEmpty()) {
            scene.log().info(outcome.message());
        }
        tell(run -> run.ended(action, outcome, clock.instant()));
    }

    /** Something that may fail in three ways: for good, or because the agent or the controller goes away. */
    private interface Attempt {
        void make() throws Exception;
    }

    private void attempt(Action action, Runnable again, Attempt what) {
        try {
            what.make();
        } catch (AgentOfflineException e) {
            boolean hopeless = action == Action.PREPARE && record().run().interrupted() != null;
            if (hopeless) {
                ended(action, Outcome.failed(e.getMessage()));
            } else {
                later(again, agent.away(e));
            }
        } catch (InterruptedException e) {
            // The controller shuts down; the next one takes the run up.
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            // As well.
            LOGGER.fine(() -> action + " of run " + id() + " is left to the next controller.");
        } catch (Exception | Error e) {
            // Also an error of the machine, such as no memory: a run that nobody drives any more would hold its deployment until Jenkins starts again.
            LOGGER.log(e instanceof Error ? Level.SEVERE : Level.FINE, e, () -> action + " of run " + id() + " failed.");
            ended(action, Outcome.failed(ErrorMessage.sentence(e)));
        }
    }

    /** The controller shuts down; whoever comes next may have the deployment's lock. */
    void leave() {
        scene.leave();
    }

    /** How a run comes to its report. */
    private interface Conclusion {
        RunReport make() throws IOException;
    }

    private void end(Conclusion conclusion) {
        RunReport made;
        Instant at;
        try {
            made = conclusion.make();
            if (made.run().isStateKept()) {
                scene.removeWorkspace(site);
            } else {
                scene.log().error("The last state could not be kept, so the workspace that holds it stays: " + site.agent() + ".");
            }
            at = clock.instant();
            scene.end(record().with(made.run(), made.deployment()), made, progress, at);
        } catch (RejectedExecutionException e) {
            return;
        } catch (Exception | Error e) {
            // A full disk, perhaps. What the run has become must be written before the deployment may be worked on again.
            scene.log().error("The end of the run cannot be written down and is tried again: " + ErrorMessage.sentence(e));
            later(() -> end(conclusion), Duration.ofSeconds(30));
            return;
        }
        List<Consumer<RunReport>> told;
        synchronized (this) {
            record = record.with(record.run(), made.deployment());
            report = made;
            ended = at;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        scene.ended(this, made);
        for (Consumer<RunReport> callback : told) {
            try {
                callback.accept(made);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "Whoever waited for run " + id() + " failed.");
            }
        }
    }

    private void later(Runnable task, Duration delay) {
        threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
