package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.ExtensionList;
import io.jenkins.plugins.ec2docker.provisioning.Action;
import io.jenkins.plugins.ec2docker.provisioning.ActionConsole;
import io.jenkins.plugins.ec2docker.provisioning.ActionRecord;
import io.jenkins.plugins.ec2docker.provisioning.AskedFor;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentLock;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.Directories;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
import io.jenkins.plugins.ec2docker.provisioning.FirstError;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;
import io.jenkins.plugins.ec2docker.provisioning.Result;
import io.jenkins.plugins.ec2docker.provisioning.Run;
import io.jenkins.plugins.ec2docker.provisioning.RunReport;
import io.jenkins.plugins.ec2docker.provisioning.StageTime;
import io.jenkins.plugins.ec2docker.provisioning.TerraformDirectories;
import io.jenkins.plugins.ec2docker.terraform.Event;
import io.jenkins.plugins.ec2docker.terraform.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everything around a run that hears of it: its log and records, the list of live runs, the deployment's lock, observers. None of it may
 * keep the run from going on.
 */
final class RunScene {

    private static final Logger LOGGER = Logger.getLogger(RunScene.class.getName());

    private final LiveRecords live;
    private final RunRecords records;
    private final RunLog log;
    private final DeploymentStore store;
    private final Clock clock;
    private final Consumer<DrivenRun> over;
    private final Leftovers leftovers = Leftovers.here();
    /** Null while the run waits its turn. */
    private volatile DeploymentLock lock;

    RunScene(
            LiveRecords live,
            RunRecords records,
            RunLog log,
            DeploymentStore store,
            Clock clock,
            Consumer<DrivenRun> over) {
        this.live = live;
        this.records = records;
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.over = over;
    }

    RunLog log() {
        return log;
    }

    /** It is the run's turn. */
    void hold(DeploymentLock taken) {
        lock = taken;
    }

    /** Must be on disk before anything follows from it; where it cannot be, the run still has to come to its end. */
    void remember(LiveRecord record) {
        try {
            live.save(record);
            store.saveRun(record.deployment().name(), record.run());
        } catch (IOException e) {
            log.warn("The run's record could not be written: " + Failures.sentence(e));
        }
    }

    ActionOutput output(LiveRecord record, Action action) throws IOException {
        Path directory = store.runDirectory(record.deployment().name(), record.runId());
        Path copy = directory.resolve(TerraformDirectories.directory(action)).resolve("stdout");
        return new ActionOutput(copy, record.told().getOrDefault(action.name(), 0L), new FirstError(AskedFor::field), event -> tell(action, event));
    }

    private void tell(Action action, Event event) {
        ActionConsole.line(action, event).ifPresent(line -> {
            if (event instanceof Event.Diagnostic diagnostic) {
                log.write(diagnostic.severity() == Event.Severity.ERROR ? RunLog.Level.ERROR : RunLog.Level.WARN, line);
            } else {
                log.info(line);
            }
        });
    }

    /** Tells which stages have begun and which are over, with their times. */
    void stages(Run before, Run after) {
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
        for (ActionRecord record : after.actions()) {
            boolean news = before.record(record.action()).map(ActionRecord::isUnderWay).orElse(true);
            // What failed in Terraform it has said itself, and the last line says it again.
            if (news && record.isFailed() && !record.action().runsTerraform()) {
                log.error(record.outcome().message());
            }
        }
    }

    private static String title(StageTime stage) {
        String text = stage.stage().text();
        return "[" + text + "]";
    }

    void changed(DrivenRun run) {
        RunView view = run.view();
        try {
            records.save(view);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The view of run " + run.id() + " could not be written.");
        }
        observers(observer -> observer.changed(run, view));
    }

    /** Writes down what came of it. From here on the run is not taken up again. */
    void end(LiveRecord record, RunReport report, Progress progress, Instant at) throws IOException {
        log.write(report.result().succeeded() ? RunLog.Level.INFO : RunLog.Level.ERROR, lastLine(report));
        try {
            records.save(report);
            records.save(view(record, progress, null, report, at));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "What came of run " + record.runId() + " could not be kept with its build.");
        }
        live.end(record.runId());
        if (record.run().purpose() == Purpose.PLAN) {
            Directories.delete(store.runDirectory(record.deployment().name(), record.runId()));
        }
        release();
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
            boolean told = record.isFailed() && !record.action().runsTerraform();
            if (told && message.startsWith(record.outcome().message() + " ")) {
                return message.substring(record.outcome().message().length() + 1);
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

    void ended(DrivenRun run, RunReport report) {
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

    private static void observers(Consumer<LiveRunObserver> what) {
        for (LiveRunObserver observer : ExtensionList.lookup(LiveRunObserver.class)) {
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
    static RunView view(LiveRecord record, Progress progress, Instant away, RunReport report, Instant now) {
        Run run = record.run();
        Result result = report == null ? null : report.result();
        boolean gone = report != null && report.deployment().isGone();
        return new RunView(
                run.id(),
                record.job(),
                record.build(),
                record.by(),
                run.purpose(),
                record.deployment().name(),
                record.deployment().id(),
                record.region(),
                record.node(),
                away,
                run,
                report == null ? StageTime.of(run, now) : report.stages(),
                progress,
                run.plan().orElse(null),
                report == null ? record.deployment().outputs() : report.deployment().outputs(),
                gone ? null : record.deployment().expires(),
                result,
                record.started(),
                report == null ? null : now);
    }
}
