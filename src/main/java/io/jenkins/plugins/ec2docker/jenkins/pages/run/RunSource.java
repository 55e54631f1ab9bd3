package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.QueuedRun;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

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

    /** See {@link BuildRunFiles#users()}. */
    Optional<String> users(Run<?, ?> build, String runId) throws IOException;

    /**
     * Has a deployment destroyed or rolled back by a run that waits in Jenkins' queue. The caller has checked whether the person may.
     *
     * @param build whose records the run joins; null for those of the job's last build
     * @throws AbortException with a sentence, if it could not begin as things are now
     */
    void schedule(String job, Deployment deployment, RunOrder order, @CheckForNull Run<?, ?> build, String who)
            throws IOException, InterruptedException;

    /** The same in the reader's name; whatever is in the way is told on a page of its own. */
    static void schedule(String job, Deployment deployment, RunOrder order, @CheckForNull Run<?, ?> build) throws InterruptedException {
        try {
            get().schedule(job, deployment, order, build, Jenkins.getAuthentication2().getName());
        } catch (AbortException e) {
            throw new RefusedAction(e.getMessage());
        } catch (IOException e) {
            throw new RefusedAction(ErrorMessage.sentence(e));
        }
    }

    /** See {@link QueuedRun#notice}. */
    Optional<String> notice(String job, String deployment);

    /** Asks a run to stop, see {@link RunHandle#interrupt}; false if it is not under way. */
    boolean interrupt(String runId, String why);

    /** The same in the reader's name; where nothing is under way, a page says so. */
    static void stop(String runId) {
        if (!get().interrupt(runId, Messages.RunPage_StoppedBy(Jenkins.getAuthentication2().getName()))) {
            throw new RefusedAction(Messages.RunPage_NotUnderWay(runId));
        }
    }

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
        public Optional<String> users(Run<?, ?> build, String runId) throws IOException {
            return BuildRunFiles.of(build, runId).users();
        }

        @Override
        public void schedule(String job, Deployment deployment, RunOrder order, @CheckForNull Run<?, ?> build, String who)
                throws IOException, InterruptedException {
            QueuedRun.schedule(job, deployment, order, build, who);
        }

        @Override
        public Optional<String> notice(String job, String deployment) {
            return QueuedRun.notice(job, deployment);
        }

        @Override
        public boolean interrupt(String runId, String why) {
            Optional<RunHandle> run = ActiveRuns.get().find(runId);
            run.ifPresent(live -> live.interrupt(why));
            return run.isPresent();
        }
    }
}
