package io.jenkins.plugins.ec2docker.jenkins.action;

import hudson.Extension;
import io.jenkins.plugins.ec2docker.jenkins.run.LiveRun;
import io.jenkins.plugins.ec2docker.jenkins.run.LiveRunObserver;
import io.jenkins.plugins.ec2docker.jenkins.run.RunView;
import io.jenkins.plugins.ec2docker.provisioning.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives each run its page on the build, and puts into {@code build.xml} what came of it. A run that goes on after its build, or that a
 * person starts from a page of a finished build, is recorded in the same way.
 */
@Extension
public final class RunRecorder implements LiveRunObserver {

    private static final Logger LOGGER = Logger.getLogger(RunRecorder.class.getName());

    @Override
    public void started(LiveRun run, hudson.model.Run<?, ?> build) {
        record(build, run.view());
    }

    @Override
    public void ended(LiveRun run, hudson.model.Run<?, ?> build, RunReport report) {
        if (build != null) {
            record(build, run.view());
        }
    }

    /** @return the run's page, made if the build has none yet: a restart may come between a run's start and its record */
    static ProvisionAction record(hudson.model.Run<?, ?> build, RunView view) {
        ProvisionAction action;
        synchronized (build) {
            List<ProvisionAction> actions = build.getActions(ProvisionAction.class);
            Optional<ProvisionAction> known = actions.stream().filter(one -> one.isOf(view.runId())).findFirst();
            RunFacts facts = known.map(ProvisionAction::facts).orElseGet(() -> RunFacts.of(request(build, view))).after(view);
            action = known.orElseGet(() -> new ProvisionAction(1 + actions.stream().mapToInt(ProvisionAction::number).max().orElse(0), facts));
            action.update(facts);
            if (known.isEmpty()) {
                build.addAction(action);
            }
        }
        try {
            build.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Run " + view.runId() + " could not be noted in " + build);
        }
        return action;
    }

    private static Map<String, Object> request(hudson.model.Run<?, ?> build, RunView view) {
        try {
            return RunSource.get().request(build, view.runId()).orElse(Map.of());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The request of run " + view.runId() + " of " + build + " could not be read");
            return Map.of();
        }
    }
}
