package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentSite;
import io.jenkins.plugins.ec2docker.jenkins.agent.WorkspaceCleanup;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunStore;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.RunLog;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.site.EventConsole;
import io.jenkins.plugins.ec2docker.run.site.EventLog;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.site.SilenceWatch;
import io.jenkins.plugins.ec2docker.run.site.TerraformErrors;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everything around a run that hears of it: its log and records, the list of live runs, the deployment's lock, observers. None of it may
 * keep the run from going on.
 */
final class RunContext {

    private static final Logger LOGGER = Logger.getLogger(RunContext.class.getName());

    private final ActiveRunStore live;
    private final BuildRunFiles records;
    private final RunLog log;
    private final DeploymentStore store;
    private final Clock clock;
    private final Consumer<ActiveRun> over;
    private final ProvisionRequest request;
    private final Map<Action, SilenceWatch> silences = new ConcurrentHashMap<>();
    private final WorkspaceCleanup leftovers = WorkspaceCleanup.here();
    /** Null while the run waits its turn. */
    @CheckForNull
    private volatile DeploymentLock lock;

    RunContext(
            ActiveRunStore live,
            BuildRunFiles records,
            RunLog log,
            DeploymentStore store,
            Clock clock,
            Consumer<ActiveRun> over,
            ProvisionRequest request) {
        this.live = live;
        this.records = records;
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.over = over;
        this.request = request;
    }

    RunLog log() {
        return log;
    }

    /** It is the run's turn. */
    void hold(DeploymentLock taken) {
        lock = taken;
    }

    /** Must be on disk before anything follows from it; where it cannot be, the run still has to come to its end. */
    void remember(ActiveRunRecord record) {
        try {
            live.save(record);
            store.saveRun(record.deployment().name(), record.run());
        } catch (IOException e) {
            log.warn("The run's record could not be written: " + ErrorMessage.sentence(e));
        }
    }

    EventLog output(ActiveRunRecord record, Action action) throws IOException {
        Path directory = store.runDirectory(record.deployment().name(), record.runId());
        Path copy = directory.resolve(RunDirectories.directory(action)).resolve("stdout");
        TerraformErrors errors = new TerraformErrors(InstanceRequestFields.of(request));
        boolean first = record.run().actions().stream().noneMatch(ActionRecord::isFailed);
        return new EventLog(copy, record.told().getOrDefault(action.name(), 0L), errors,
                event -> tell(action, event, errors, first && errors.isReason(event)));
    }

    /** Says what a Terraform waits for that says nothing. */
    void quiet(Action action) {
        Optional.ofNullable(silence(action).line(clock.instant())).ifPresent(log::warn);
    }

    private SilenceWatch silence(Action action) {
        return silences.computeIfAbsent(action, begun -> new SilenceWatch(begun, clock.instant()));
    }

    /** @param reason whether it is the error for which the run fails: the build's last line says it */
    private void tell(Action action, Event event, TerraformErrors errors, boolean reason) {
        silence(action).heard(event, clock.instant());
        if (event instanceof Event.Diagnostic diagnostic) {
            RunLog.Level level = diagnostic.severity() == Event.Severity.ERROR ? RunLog.Level.ERROR : RunLog.Level.WARN;
            errors.text(diagnostic).ifPresent(text -> {
                if (reason) {
                    log.keep(level, text);
                } else {
                    log.write(level, text);
                }
            });
        } else {
            EventConsole.line(action, event).ifPresent(log::info);
        }
    }

    /** Tells which stages have begun and which are over, with their times. */
    void stages(ProvisioningRun before, ProvisioningRun after) {
        Instant now = clock.instant();
        for (StageTime stage : StageTime.of(after, now)) {
            StageTime earlier = StageTime.of(before, now).stream().filter(each -> each.stage() == stage.stage()).findFirst().orElse(null);
            if (earlier == null) {
                log.info(title(stage));
            }
            boolean wholeBefore = earlier != null && earlier.finished();
            if (stage.finished() && !wholeBefore) {
                String time = String.format(Locale.ROOT, "%.1f s", stage.seconds());
                log.write(stage.failed() ? RunLog.Level.WARN : RunLog.Level.INFO,
                        title(stage) + (stage.failed() ? " failed after " : " done in ") + time);
            }
        }
        boolean first = after.interrupted() == null && before.actions().stream().noneMatch(ActionRecord::isFailed);
        for (ActionRecord record : after.actions()) {
            boolean news = before.record(record.action()).map(ActionRecord::isUnderWay).orElse(true);
            // What failed in Terraform it has said itself, and why the run fails is the build's last line.
            Outcome outcome = record.outcome();
            if (news && outcome != null && !outcome.ok() && !record.action().runsTerraform()) {
                if (first) {
                    log.keep(RunLog.Level.ERROR, outcome.message());
                } else {
                    log.error(outcome.message());
                }
            }
        }
    }

    private static String title(StageTime stage) {
        String text = stage.stage().text();
        return "[" + text + "]";
    }

    void changed(ActiveRun run) {
        RunSnapshot view = run.view();
        try {
            records.save(view);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The view of run " + run.id() + " could not be written.");
        }
        observers(observer -> observer.changed(run, view));
    }

    /** Writes down what came of it. From here on the run is not taken up again. */
    void end(ActiveRunRecord record, RunReport report, Progress progress, Instant at) throws IOException {
        if (report.result().succeeded()) {
            log.info(report.result().message());
        } else if (report.result().status() == RunResult.Status.INTERRUPTED) {
            log.error(lastLine(report));
        } else {
            log.keep(RunLog.Level.ERROR, lastLine(report));
        }
        try {
            records.save(report);
            records.save(view(record, progress, null, report, at));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "What came of run " + record.runId() + " could not be kept with its build.");
        }
        RunFarewell.lines(report, page(record), at).forEach(log::info);
        live.end(record.runId());
        if (record.run().purpose() == Purpose.PLAN) {
            DirectoryTree.delete(store.runDirectory(record.deployment().name(), record.runId()));
        }
        release();
    }

    /** Where the run's page is; null where it has none. */
    private static String page(ActiveRunRecord record) {
        return Builds.find(record.job(), record.build())
                .flatMap(build -> ExtensionList.lookup(RunEventListener.class).stream()
                        .flatMap(observer -> observer.page(record.runId(), build).stream()).findFirst())
                .orElse(null);
    }

    private void release() throws IOException {
        DeploymentLock held = lock;
        if (held != null) {
            held.close();
        }
    }

    /** The result's sentences, without one that was told when it came. */
    private static String lastLine(RunReport report) {
        String message = report.result().message();
        for (ActionRecord record : report.run().actions()) {
            Outcome outcome = record.outcome();
            boolean told = record.isFailed() && !record.action().runsTerraform();
            if (told && outcome != null && message.startsWith(outcome.message() + " ")) {
                return message.substring(outcome.message().length() + 1);
            }
        }
        return message;
    }

    void leave() {
        try {
            release();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "A lock could not be given free; it goes with the process.", e);
        }
    }

    void ended(ActiveRun run, RunReport report) {
        over.accept(run);
        hudson.model.Run<?, ?> build = Builds.find(run.record().job(), run.record().build()).orElse(null);
        observers(observer -> observer.ended(run, build, report));
    }

    /** The workspace holds a copy of what is sealed elsewhere; all that is worth keeping of it is on the controller. */
    void removeWorkspace(AgentSite site) {
        try {
            site.remove();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The workspace " + site.agent() + " cannot be removed now.");
            leftovers.add(site.agent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void observers(Consumer<RunEventListener> what) {
        for (RunEventListener observer : ExtensionList.lookup(RunEventListener.class)) {
            try {
                what.accept(observer);
            } catch (RuntimeException | LinkageError e) {
                LOGGER.log(Level.WARNING, e, () -> observer.getClass().getName() + " failed.");
            }
        }
    }

    /**
     * @param report null while the run is under way
     * @param now when the run ended, if it has
     */
    static RunSnapshot view(ActiveRunRecord record, Progress progress, @CheckForNull Instant away, @CheckForNull RunReport report,
            Instant now) {
        ProvisioningRun run = record.run();
        RunSnapshot.Builder view = RunSnapshot.builder(run)
                .job(record.job(), record.build(), record.by())
                .deployment(record.deployment().name(), record.deployment().id(), record.region())
                .node(record.node())
                .agentAway(away)
                .progress(progress)
                .started(record.started());
        if (report == null) {
            return view.stages(StageTime.of(run, now)).outputs(record.deployment().outputs()).expires(record.deployment().expires())
                    .build();
        }
        boolean gone = report.deployment().isGone();
        return view.stages(report.stages()).outputs(report.deployment().outputs()).expires(gone ? null : record.deployment().expires())
                .result(report.result()).ended(now).build();
    }
}
