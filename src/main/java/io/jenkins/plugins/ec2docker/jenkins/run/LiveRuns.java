package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** All runs that are under way on this controller, whoever started them. */
@Extension
public final class LiveRuns {

    public static LiveRuns get() {
        return ExtensionList.lookupSingleton(LiveRuns.class);
    }

    /**
     * Checks everything that can be checked without asking AWS (request, users file, guardrails, size, permission, credentials), then
     * starts. The run then goes on by itself.
     *
     * @param workspace of the build, on the agent where Terraform shall work; the run has a directory of its own beside it
     * @param launcher only says where; Terraform is launched on the agent itself, never in a container the launcher leads to, because only
     *     there it is found again after a restart
     * @param env the build's; for expanding nothing, that is the caller's
     * @param listener console lines go there, see {@link LiveRun#attach}
     * @throws hudson.AbortException naming everything that is wrong, fit to be shown as it is; then nothing has been made
     */
    public LiveRun start(
            RunOrder order, hudson.model.Run<?, ?> build, FilePath workspace, Launcher launcher, EnvVars env, TaskListener listener)
            throws IOException, InterruptedException {
        throw new hudson.AbortException("Not built yet.");
    }

    /**
     * Destroys a deployment from a page: no build runs then. Terraform works on the agent where the deployment's last run worked.
     *
     * @param build whose records the run joins; one of the job the deployment belongs to
     * @param who the person, for the record
     */
    public LiveRun destroy(hudson.model.Run<?, ?> build, String deployment, String who) throws IOException, InterruptedException {
        throw new hudson.AbortException("Not built yet.");
    }

    /** A run under way, by its id. */
    public Optional<LiveRun> find(String runId) {
        return Optional.empty();
    }

    /** A run of a build, under way or over; empty if the build knows nothing of it. What a resumed step asks. */
    public Optional<LiveRun> find(hudson.model.Run<?, ?> build, String runId) {
        return Optional.empty();
    }

    /** All that are under way, oldest first. */
    public List<LiveRun> all() {
        return List.of();
    }
}
