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
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Work on a deployment that no build does, in Jenkins' queue: waits for an executor, and has it for as long as it takes, so that no cloud takes its
 * agent away. Works as the system: whether somebody may is checked by whoever schedules it.
 */
@ExportedBean
abstract class DeploymentTask extends AbstractQueueTask implements Queue.TransientTask, AccessControlled {

    final AllDeployments.Key key;
    /** The administrators' label expression, or null. Like the node found when it is made: the queue asks too often to read files. */
    @CheckForNull
    private final String label;
    /** Name of the node of the deployment's last run; null where it is not known. */
    @CheckForNull
    private final String node;

    DeploymentTask(AllDeployments.Key key) {
        this.key = key;
        this.label = UpkeepSettings.get().expiryLabel();
        this.node = origin().map(LastRunContext::agent).map(AgentDirectory::node).orElse(null);
    }

    /**
     * The work itself, as the system, on the executor's thread.
     *
     * @param beside a directory of the executor's agent, for directories of runs
     */
    abstract void work(FilePath beside) throws IOException, InterruptedException;

    /** It could not be begun, or broke off. */
    abstract void failed(Exception why);

    /** Puts it into the queue, where it is once however often it is asked for; empty where something in Jenkins keeps it out. */
    final Optional<QueueTaskFuture<Queue.Executable>> enqueue() {
        return Optional.ofNullable(Queue.getInstance().schedule2(this, 0).getItem()).map(Queue.Item::getFuture);
    }

    /** The administrators', or the agent of the deployment's last run while there is one; null for any. */
    @CheckForNull
    @Override
    public final Label getAssignedLabel() {
        if (label != null) {
            return Jenkins.get().getLabel(label);
        }
        Node last = node == null ? null : node.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(node);
        return last == null ? null : last.getSelfLabel();
    }

    private Optional<LastRunContext> origin() {
        try {
            return JobDeployments.origin(key.job(), key.deployment());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private FilePath beside() throws IOException {
        Executor executor = Executor.currentExecutor();
        Node here = executor == null ? null : executor.getOwner().getNode();
        FilePath root = here == null ? null : here.getRootPath();
        if (here == null || root == null) {
            throw new IOException("The agent went away.");
        }
        AgentDirectory last = origin().map(LastRunContext::agent).orElse(null);
        return last != null && last.node().equals(here.getNodeName())
                ? last.above(2)
                : root.child("ec2-docker-runs");
    }

    @Override
    public final Queue.Executable createExecutable() {
        return new Begun();
    }

    /** Exported because the REST API of Jenkins' nodes fails for an executable that is not. */
    @ExportedBean
    public final class Begun implements Queue.Executable {

        @Override
        public DeploymentTask getParent() {
            return DeploymentTask.this;
        }

        @Override
        public void run() {
            // An authenticator of queue items may have chosen somebody else.
            try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
                work(beside());
            } catch (IOException | RuntimeException e) {
                failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String toString() {
            return getDisplayName();
        }
    }

    @Override
    public String getFullDisplayName() {
        return getDisplayName();
    }

    @Override
    public String getName() {
        return getDisplayName();
    }

    @Override
    public String getUrl() {
        return "ec2-docker/";
    }

    /** Those of the job; where it was deleted Jenkins' own, and to see it takes what the list of all takes. */
    @Override
    public final ACL getACL() {
        Job<?, ?> job = Builds.job(key.job()).orElse(null);
        if (job != null) {
            return job.getACL();
        }
        ACL root = Jenkins.get().getACL();
        return ACL.lambda2((who, permission) -> root.hasPermission2(who,
                permission == Item.READ || permission == Item.DISCOVER ? Jenkins.SYSTEM_READ : permission));
    }

    @Override
    public abstract boolean equals(Object other);

    @Override
    public final int hashCode() {
        return key.hashCode();
    }
}
