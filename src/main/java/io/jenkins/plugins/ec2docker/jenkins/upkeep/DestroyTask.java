package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.AbstractQueueTask;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOwner;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * A destruction in Jenkins' queue: waits for an executor, and has it for as long as the run takes. Whether it is still time is looked at again
 * when it has one: meanwhile the end may have been put off, or a run begun. Forgotten with the process while it waits, and asked for again then;
 * one that has begun is a run like any other, and goes on.
 */
public final class DestroyTask extends AbstractQueueTask implements Queue.TransientTask, AccessControlled {

    private static final Logger LOGGER = Logger.getLogger(DestroyTask.class.getName());

    private final AllDeployments.Key key;
    /** Of the very deployment: not a later one that has got its name. */
    private final String id;
    private final String who;
    private final boolean atItsEnd;

    private DestroyTask(AllDeployments.Key key, String id, String who, boolean atItsEnd) {
        this.key = key;
        this.id = id;
        this.who = who;
        this.atItsEnd = atItsEnd;
    }

    /**
     * Puts it into the queue, where it is once however often it is asked for. The caller has looked whether somebody may.
     *
     * @param atItsEnd whether only if its end has come
     * @return when it is over; empty where something in Jenkins keeps it out of the queue
     */
    public static Optional<QueueTaskFuture<Queue.Executable>> schedule(String job, Deployment deployment, String who, boolean atItsEnd) {
        DestroyTask task = new DestroyTask(new AllDeployments.Key(job, deployment.name()), deployment.id(), who, atItsEnd);
        return Optional.ofNullable(Queue.getInstance().schedule2(task, 0).getItem()).map(Queue.Item::getFuture);
    }

    /** The administrators', or the agent of the deployment's last run while there is one; null for any. */
    @Override
    @CheckForNull
    public Label getAssignedLabel() {
        String wanted = UpkeepSettings.get().expiryLabel();
        if (wanted != null) {
            return Jenkins.get().getLabel(wanted);
        }
        try {
            Node last = origin().map(LastRunContext::agent).map(AgentDirectory::node)
                    .map(name -> name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name)).orElse(null);
            return last == null ? null : last.getSelfLabel();
        } catch (IOException e) {
            return null;
        }
    }

    private Optional<LastRunContext> origin() throws IOException {
        return JobDeployments.origin(key.job(), key.deployment());
    }

    @Override
    public Queue.Executable createExecutable() {
        return new Destroying();
    }

    private final class Destroying implements Queue.Executable {

        @Override
        public DestroyTask getParent() {
            return DestroyTask.this;
        }

        @Override
        public void run() {
            try {
                Deployment deployment = JobDeployments.of(key.job()).find(key.deployment()).orElse(null);
                if (isDue(deployment)) {
                    await(begin());
                }
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, () -> "Deployment " + key + " cannot be destroyed now: " + ErrorMessage.sentence(e));
            } catch (InterruptedException e) {
                // A run that has begun goes on.
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String toString() {
            return getDisplayName();
        }
    }

    private boolean isDue(@CheckForNull Deployment deployment) {
        return deployment != null
                && deployment.id().equals(id)
                && !deployment.isGone()
                && (!atItsEnd || Expiry.due(deployment, Clock.systemUTC().instant(), List.of(), null) instanceof Expiry.Due.Expired)
                && !ActiveRuns.get().isAtWork(key.job(), key.deployment());
    }

    private RunHandle begin() throws IOException, InterruptedException {
        Executor executor = Executor.currentExecutor();
        Node node = executor == null ? null : executor.getOwner().getNode();
        FilePath root = node == null ? null : node.getRootPath();
        if (node == null || root == null) {
            throw new IOException("The agent went away.");
        }
        AgentDirectory last = origin().map(LastRunContext::agent).orElse(null);
        FilePath beside = last != null && last.node().equals(node.getNodeName())
                ? last.above(2)
                : root.child("ec2-docker-runs");
        hudson.model.Run<?, ?> build = Builds.job(key.job()).map(Job::getLastBuild).orElse(null);
        RunOwner home = build == null
                ? RunOwner.without(key.job(), who + " (" + key.job() + ")")
                : RunOwner.of(build, who + " (" + build.getFullDisplayName() + ")");
        RunHandle run = ActiveRuns.get().destroy(home, key.deployment(), beside);
        LOGGER.info(() -> "Deployment " + key + (atItsEnd ? " has come to its end; run " : " is to go, asked for by " + who + "; run ")
                + run.id()
                + " destroys it.");
        return run;
    }

    private static void await(RunHandle run) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        run.onEnd(report -> over.countDown());
        over.await();
    }

    @Override
    public String getDisplayName() {
        return "Destruction of EC2 deployment " + key;
    }

    @Override
    public String getFullDisplayName() {
        return getDisplayName();
    }

    @Override
    public String getName() {
        return "ec2-docker destruction " + key;
    }

    @Override
    public String getUrl() {
        return "ec2-docker/";
    }

    /** Those of the job, and where it was deleted Jenkins' own. */
    @Override
    public ACL getACL() {
        Job<?, ?> job = Builds.job(key.job()).orElse(null);
        return job == null ? Jenkins.get().getACL() : job.getACL();
    }

    @Override
    public void checkAbortPermission() {
        checkPermission(Item.CANCEL);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DestroyTask task && task.key.equals(key) && task.id.equals(id) && task.atItsEnd == atItsEnd;
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
