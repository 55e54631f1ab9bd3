package io.jenkins.plugins.ec2docker.jenkins.action;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.run.LiveRun;
import io.jenkins.plugins.ec2docker.jenkins.run.LiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.run.RunRecords;
import io.jenkins.plugins.ec2docker.jenkins.run.RunView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the pages have runs from: all that they ask of the rest of the plugin. The first that is installed counts. */
interface RunSource extends ExtensionPoint {

    static RunSource get() {
        return ExtensionList.lookup(RunSource.class).get(0);
    }

    /** How a run stands that is under way; empty for any other. */
    Optional<RunView> live(String runId);

    /** How all stand that are under way. */
    List<RunView> live();

    /** How a run stood when its files were last written; empty if they are gone. */
    Optional<RunView> recorded(Run<?, ?> build, String runId) throws IOException;

    /** See {@link RunRecords#log()}. */
    Path log(Run<?, ?> build, String runId);

    /** See {@link RunRecords#request()}. */
    Optional<Map<String, Object>> request(Run<?, ?> build, String runId) throws IOException;

    /** See {@link LiveRuns#destroy}. */
    RunView destroy(Run<?, ?> build, String deployment, String who) throws IOException, InterruptedException;

    /** See {@link LiveRuns#rollback}. */
    RunView rollback(Run<?, ?> build, String deployment, String runId, String who) throws IOException, InterruptedException;

    /** The runs of this controller. */
    @Extension(ordinal = -1)
    final class OfController implements RunSource {

        @Override
        public Optional<RunView> live(String runId) {
            return LiveRuns.get().find(runId).map(LiveRun::view).filter(view -> !view.isOver());
        }

        @Override
        public List<RunView> live() {
            return LiveRuns.get().all().stream().map(LiveRun::view).filter(view -> !view.isOver()).toList();
        }

        @Override
        public Optional<RunView> recorded(Run<?, ?> build, String runId) throws IOException {
            return RunRecords.of(build, runId).view();
        }

        @Override
        public Path log(Run<?, ?> build, String runId) {
            return RunRecords.of(build, runId).log();
        }

        @Override
        public Optional<Map<String, Object>> request(Run<?, ?> build, String runId) throws IOException {
            return RunRecords.of(build, runId).request();
        }

        @Override
        public RunView destroy(Run<?, ?> build, String deployment, String who) throws IOException, InterruptedException {
            return LiveRuns.get().destroy(build, deployment, who).view();
        }

        @Override
        public RunView rollback(Run<?, ?> build, String deployment, String runId, String who) throws IOException, InterruptedException {
            return LiveRuns.get().rollback(build, deployment, runId, who).view();
        }
    }
}
