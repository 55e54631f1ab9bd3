package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunEventListener;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Gives each run its page on the build, and puts into {@code build.xml} what came of it. A run that goes on after its build, or that a
 * person starts from a page of a finished build, is recorded in the same way.
 */
@Extension
public final class RunRecorder implements RunEventListener {

    private static final Logger LOGGER = Logger.getLogger(RunRecorder.class.getName());

    @Override
    public void started(RunHandle run, hudson.model.Run<?, ?> build) {
        record(build, run.view());
    }

    @Override
    public void ended(RunHandle run, @CheckForNull hudson.model.Run<?, ?> build, RunReport report) {
        if (build != null) {
            record(build, run.view());
        }
    }

    @Override
    public void rejected(hudson.model.Run<?, ?> build, String problems) {
        build.addAction(new RejectedOrder(problems));
        save(build, "The problems of an order");
    }

    @Override
    public Optional<String> page(String runId, hudson.model.Run<?, ?> build) {
        String root = Jenkins.get().getRootUrl();
        return RunBuildAction.of(build, runId).map(action -> (root == null ? "" : root) + build.getUrl() + action.getUrlName() + "/");
    }

    /** @return the run's page, made if the build has none yet: a restart may come between a run's start and its record */
    public static RunBuildAction record(hudson.model.Run<?, ?> build, RunSnapshot view) {
        RunBuildAction action;
        synchronized (build) {
            List<RunBuildAction> actions = build.getActions(RunBuildAction.class);
            Optional<RunBuildAction> known = RunBuildAction.of(build, view.runId());
            StoredRunSummary facts =
                    known.map(RunBuildAction::facts).orElseGet(() -> StoredRunSummary.of(request(build, view), users(build, view)))
                            .after(view);
            action = known
                    .orElseGet(() -> new RunBuildAction(1 + actions.stream().mapToInt(RunBuildAction::number).max().orElse(0), facts));
            action.update(facts);
            if (known.isEmpty()) {
                build.addAction(action);
            }
        }
        save(build, "Run " + view.runId());
        return action;
    }

    private static void save(hudson.model.Run<?, ?> build, String what) {
        try {
            build.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> what + " could not be noted in " + build);
        }
    }

    private static Map<String, Object> request(hudson.model.Run<?, ?> build, RunSnapshot view) {
        try {
            return RunSource.get().request(build, view.runId()).orElse(Map.of());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The request of run " + view.runId() + " of " + build + " could not be read");
            return Map.of();
        }
    }

    @CheckForNull
    private static String users(hudson.model.Run<?, ?> build, RunSnapshot view) {
        try {
            return RunSource.get().users(build, view.runId()).orElse(null);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The users file of run " + view.runId() + " of " + build + " could not be read");
            return null;
        }
    }
}
