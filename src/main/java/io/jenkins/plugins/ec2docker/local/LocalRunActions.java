package io.jenkins.plugins.ec2docker.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.RunSteps;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.site.LocalSite;
import io.jenkins.plugins.ec2docker.run.site.SilenceWatch;
import io.jenkins.plugins.ec2docker.run.site.TerraformErrors;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Carries a run's actions out on this machine, each waited for on the thread that it is given. */
final class LocalRunActions implements RunActions {

    /** Ending takes Terraform up to minutes, in which whoever pressed Ctrl-C must not think that nothing happens. */
    private static final String INTERRUPTED =
            "Interrupted. Waiting for what is under way to end, for its state to be saved and for the clean-up.";

    /** How often a command that says nothing is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final DeploymentStore store;
    private final RunSteps steps;
    private final LocalSite site;
    private final RunObserver listener;
    private final Clock clock;

    private final Set<Action> launched = EnumSet.noneOf(Action.class);
    @CheckForNull
    private Thread watching;
    private boolean interrupted;

    LocalRunActions(DeploymentStore store, RunSteps steps, LocalSite site, RunObserver listener, Clock clock) {
        this.store = store;
        this.steps = steps;
        this.site = site;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public Outcome perform(Action action, ProvisioningRun run) throws Exception {
        return switch (action) {
            case PREPARE -> steps.prepare(run);
            case ASSUME_ROLE, RECLAIM, RESTORE -> looked(action, run);
            case REDEPLOY, VERIFY -> interruptible(action, run);
            case INIT, VALIDATE, PLAN, REVIEW, APPLY, CUTOVER, RETREAT, DESTROY -> terraform(action, run);
        };
    }

    @Override
    public synchronized void interrupt() {
        boolean first = !interrupted;
        interrupted = true;
        launched.forEach(this::interrupt);
        if (watching != null) {
            watching.interrupt();
        }
        if (first) {
            listener.note(INTERRUPTED);
        }
    }

    @Override
    public void remember(ProvisioningRun run) throws IOException {
        store.saveRun(steps.deployment().name(), run);
    }

    private Outcome terraform(Action action, ProvisioningRun run) throws Exception {
        steps.launch(action, run);
        synchronized (this) {
            launched.add(action);
            if (interrupted && !run.isCleaningUp()) {
                interrupt(action);
            }
        }
        TerraformErrors errors = steps.errors();
        SilenceWatch silence = new SilenceWatch(action, clock.instant());
        ProcessStatus status = site.await(action, event -> {
            errors.accept(event);
            silence.heard(event, clock.instant());
            listener.event(action, event);
        }, LOOK, () -> Optional.ofNullable(silence.line(clock.instant())).ifPresent(listener::note));
        return steps.concluded(action, run, status, errors);
    }

    private Outcome looked(Action action, ProvisioningRun run) throws Exception {
        Optional<Outcome> outcome = steps.look(action, run);
        while (outcome.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(steps.pause(action).toMillis());
            outcome = steps.look(action, run);
        }
        return outcome.get();
    }

    private Outcome interruptible(Action action, ProvisioningRun run) throws Exception {
        synchronized (this) {
            if (interrupted) {
                return RunSteps.interrupted(action);
            }
            watching = Thread.currentThread();
        }
        try {
            return looked(action, run);
        } catch (InterruptedException e) {
            return RunSteps.interrupted(action);
        } finally {
            synchronized (this) {
                watching = null;
            }
        }
    }

    private void interrupt(Action action) {
        try {
            site.interrupt(action);
        } catch (IOException e) {
            listener.note("Terraform could not be interrupted and is waited for: " + ErrorMessage.sentence(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
