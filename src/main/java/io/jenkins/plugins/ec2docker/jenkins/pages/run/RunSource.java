package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the pages have runs from: all that they ask of the rest of the plugin. The first that is installed counts. */
public interface RunSource extends ExtensionPoint {

    static RunSource get() {
        return ExtensionList.lookup(RunSource.class).get(0);
    }

    /** How a run stands that is under way; empty for any other. */
    Optional<RunSnapshot> live(String runId);

    /** How all stand that are under way. */
    List<RunSnapshot> live();

    /** How a run stood when its files were last written; empty if they are gone. */
    Optional<RunSnapshot> recorded(Run<?, ?> build, String runId) throws IOException;

    /** See {@link BuildRunFiles#log()}. */
    Path log(Run<?, ?> build, String runId);

    /** See {@link BuildRunFiles#request()}. */
    Optional<Map<String, Object>> request(Run<?, ?> build, String runId) throws IOException;

    /** See {@link ActiveRuns#destroy}. */
    RunSnapshot destroy(Run<?, ?> build, String deployment, String who) throws IOException, InterruptedException;

    /** See {@link ActiveRuns#rollback}. */
    RunSnapshot rollback(Run<?, ?> build, String deployment, String runId, String who) throws IOException, InterruptedException;

    /** The runs of this controller. */
    @Extension(ordinal = -1)
    final class OfController implements RunSource {

        @Override
        public Optional<RunSnapshot> live(String runId) {
            return ActiveRuns.get().find(runId).map(RunHandle::view).filter(view -> !view.isOver());
        }

        @Override
        public List<RunSnapshot> live() {
            return ActiveRuns.get().all().stream().map(RunHandle::view).filter(view -> !view.isOver()).toList();
        }

        @Override
        public Optional<RunSnapshot> recorded(Run<?, ?> build, String runId) throws IOException {
            return BuildRunFiles.of(build, runId).view();
        }

        @Override
        public Path log(Run<?, ?> build, String runId) {
            return BuildRunFiles.of(build, runId).log();
        }

        @Override
        public Optional<Map<String, Object>> request(Run<?, ?> build, String runId) throws IOException {
            return BuildRunFiles.of(build, runId).request();
        }

        @Override
        public RunSnapshot destroy(Run<?, ?> build, String deployment, String who) throws IOException, InterruptedException {
            return ActiveRuns.get().destroy(build, deployment, who).view();
        }

        @Override
        public RunSnapshot rollback(Run<?, ?> build, String deployment, String runId, String who) throws IOException, InterruptedException {
            return ActiveRuns.get().rollback(build, deployment, runId, who).view();
        }
    }
}
