package io.jenkins.plugins.ec2docker.jenkins.step;

import static io.jenkins.plugins.ec2docker.run.model.RunResult.Status.INTERRUPTED;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * A step of a Pipeline while its run is under way. Holds no thread: the run goes on by itself in {@link ActiveRuns} and calls back when it is
 * over, and after a restart of Jenkins the step finds it again by its id.
 *
 * <p>A restart may fall into the moment between the start of the run and the saving of its id. The step then looks for a run of this build
 * with its deployment and purpose, of which there is one at most, because a deployment has one run at a time.
 */
final class RunExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(RunExecution.class.getName());

    /** What a step needs around it to be one of these. */
    static final Set<Class<?>> CONTEXT = Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);

    /** What is asked for. Not serialised: it may hold secrets, and the run has its own copy as soon as there is something to resume. */
    @CheckForNull
    private final transient RunOrder order;
    /** Not serialised: it counts for the checks alone. */
    private final transient boolean failIfMissing;
    /** Serialised, with {@link #purposeText}, to tell the run apart while its id is not known. */
    private final String deployment;
    /** Text, so that a stored program needs no class of another package. Null in programs that were stored before it was. */
    @CheckForNull
    private final String purposeText;
    /** Serialised to find the run again after a restart; null until it has passed its checks. */
    @CheckForNull
    private volatile String runId;

    /** Why the step was stopped. Not serialised: after a restart the run itself knows that it was interrupted. */
    @CheckForNull
    private transient volatile Throwable stopped;
    /** Not serialised: the run is looked up again. */
    @CheckForNull
    private transient volatile RunHandle live;
    /** The end of the patience with a stopped run. Not serialised: a run that was interrupted ends by itself. */
    @CheckForNull
    private transient volatile Future<?> patience;
    private transient boolean over;

    /** @param failIfMissing false where a destruction is to succeed if there is no such deployment */
    RunExecution(StepContext context, RunOrder order, boolean failIfMissing) {
        super(context);
        this.order = order;
        this.failIfMissing = failIfMissing;
        this.purposeText = order.purpose().text();
        this.deployment = Objects.requireNonNullElseGet(order.deployment(), () -> String.valueOf(order.document().get("name")));
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        MaskedArguments.keep(getContext());
        Authentication who = Jenkins.getAuthentication2();
        // The checks read from the agent, which Pipeline's own thread must not wait for.
        StepStartExecutor.submit(() -> {
            try (ACLContext as = ACL.as2(who)) {
                begin();
            } catch (Throwable problem) {
                end(() -> getContext().onFailure(problem));
            }
        });
        return false;
    }

    private void begin() throws IOException, InterruptedException {
        StepContext context = getContext();
        if (stopped != null) {
            end(() -> context.onFailure(stopped));
            return;
        }
        RunOrder asked = Objects.requireNonNull(order, "order");
        Optional<String> missing = failIfMissing ? Optional.empty() : ActiveRuns.get().missing(asked, context.get(Run.class));
        if (missing.isPresent()) {
            context.get(TaskListener.class).getLogger().println(missing.get());
            end(() -> context.onSuccess(StepReturnValue.ofMissing(deployment, missing.get())));
            return;
        }
        RunHandle run = ActiveRuns.get().start(asked, context.get(Run.class), context.get(FilePath.class), context.get(Launcher.class),
                context.get(EnvVars.class), context.get(TaskListener.class));
        runId = run.id();
        context.saveState();
        follow(run);
    }

    /** From here on the run's end is the step's. */
    private void follow(RunHandle run) {
        live = run;
        Throwable cause = stopped;
        if (cause != null) {
            run.interrupt(RunInterrupted.reason(cause));
        }
        run.onEnd(this::ended);
    }

    /** Without what it returns a Jenkinsfile would go on with less than it was promised. */
    private void succeed(RunReport report) {
        try {
            getContext().onSuccess(StepReturnValue.of(report, JobDeployments.of(getContext().get(Run.class).getParent())));
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(new AbortException(Messages.RunExecution_Unreadable(e.getMessage())));
        }
    }

    private void ended(RunReport report) {
        end(() -> {
            if (stopped != null) {
                if (!report.result().succeeded() && report.result().status() != INTERRUPTED) {
                    tell(report.result().message());
                }
                getContext().onFailure(stopped);
            } else if (report.result().succeeded()) {
                succeed(report);
            } else if (report.result().status() == INTERRUPTED) {
                getContext().onFailure(new FlowInterruptedException(Result.ABORTED, new RunInterrupted(report.result().message())));
            } else {
                getContext().onFailure(new AbortException(report.result().message()));
            }
        });
    }

    @Override
    public void stop(Throwable cause) {
        stopped = cause;
        Duration grace = SystemSettings.get().abortGrace();
        patience = Timer.get().schedule(() -> giveUp(grace), grace.toMillis(), TimeUnit.MILLISECONDS);
        RunHandle run = live;
        if (run != null) {
            run.interrupt(RunInterrupted.reason(cause));
        } else if (runId == null && order == null) {
            // Resumed, and no run was found.
            end(() -> getContext().onFailure(cause));
        }
    }

    private void giveUp(Duration grace) {
        RunHandle run = live;
        end(() -> {
            if (run != null) {
                tell(Messages.RunExecution_GraceIsOver(DurationFormat.format(grace), run.id()));
                run.detach();
            }
            getContext().onFailure(stopped);
        });
    }

    @Override
    public void onResume() {
        try {
            Run<?, ?> build = getContext().get(Run.class);
            String known = runId;
            Optional<RunHandle> run = known != null ? ActiveRuns.get().find(build, known) : unsaved(build);
            if (run.isPresent()) {
                runId = run.get().id();
                run.get().attach(getContext().get(TaskListener.class));
                follow(run.get());
            } else {
                String sentence = known == null ? Messages.RunExecution_NotBegun() : Messages.RunExecution_NotFound(known);
                end(() -> getContext().onFailure(new AbortException(sentence)));
            }
        } catch (IOException | InterruptedException problem) {
            end(() -> getContext().onFailure(problem));
        }
    }

    private Optional<RunHandle> unsaved(Run<?, ?> build) {
        return ActiveRuns.get().all().stream()
                .filter(run -> (purposeText == null || purposeText.equals(run.view().purpose().text()))
                        && deployment.equals(run.view().deployment())
                        && run.view().build() == build.getNumber() && run.view().job().equals(build.getParent().getFullName()))
                .findFirst();
    }

    /** The first end counts: the run's, or that of the patience with it. */
    private void end(Runnable telling) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        Future<?> waiting = patience;
        if (waiting != null) {
            waiting.cancel(false);
        }
        telling.run();
    }

    private void tell(String sentence) {
        try {
            getContext().get(TaskListener.class).getLogger().println(sentence);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "no console to tell: " + sentence, e);
        }
    }

    @Override
    public String getStatus() {
        RunHandle run = live;
        return (purposeText == null ? "" : purposeText + " ") + deployment + (run == null ? ": being checked" : ": run " + run.id());
    }
}
