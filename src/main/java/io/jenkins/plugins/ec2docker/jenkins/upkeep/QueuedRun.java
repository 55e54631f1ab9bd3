package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOwner;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A destruction or rollback that no build starts. Whether it is still to be done is checked again when it has an executor: meanwhile an expiry may
 * have been extended, or a run begun. Forgotten with the process while it waits; one that has begun is a run like any other, and goes on.
 */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class QueuedRun extends DeploymentTask {

    private static final Logger LOGGER = Logger.getLogger(QueuedRun.class.getName());

    /** Why the last one of a deployment could not begin. */
    private static final Map<AllDeployments.Key, String> PROBLEMS = new ConcurrentHashMap<>();

    /** Of the very deployment: not a later one that has got its name. */
    private final String id;
    private final RunOrder order;
    /** Number of the build whose records the run joins; 0 for the job's last one. */
    private final int build;
    private final String who;
    private final boolean atItsEnd;

    private QueuedRun(String job, Deployment deployment, RunOrder order, int build, String who, boolean atItsEnd) {
        super(new AllDeployments.Key(job, deployment.name()));
        this.id = deployment.id();
        this.order = order;
        this.build = build;
        this.who = who;
        this.atItsEnd = atItsEnd;
    }

    /** Destroys a deployment whose end has come, if it still has then. */
    static Optional<QueueTaskFuture<Queue.Executable>> atItsEnd(String job, Deployment deployment) {
        return new QueuedRun(job, deployment, RunOrder.destroy(deployment.name(), null), 0, "expiry", true).schedule();
    }

    /**
     * Does what a person asked for on a page.
     *
     * @param order a destruction or a rollback of the deployment
     * @param build whose records the run joins, or null for those of the job's last build
     * @throws AbortException if it could not begin as things are now; a sentence
     */
    public static Optional<QueueTaskFuture<Queue.Executable>> schedule(
            String job, Deployment deployment, RunOrder order, @CheckForNull hudson.model.Run<?, ?> build, String who)
            throws IOException, InterruptedException {
        QueuedRun task = new QueuedRun(job, deployment, order, build == null ? 0 : build.getNumber(), who, false);
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            ActiveRuns.get().check(order, task.owner());
        }
        return task.schedule();
    }

    private Optional<QueueTaskFuture<Queue.Executable>> schedule() {
        PROBLEMS.remove(key);
        return enqueue();
    }

    /** What a deployment has in the queue and why it waits, or why the last one could not begin; empty where there is nothing to tell. */
    public static Optional<String> notice(String job, String deployment) {
        AllDeployments.Key key = new AllDeployments.Key(job, deployment);
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Arrays.stream(Queue.getInstance().getItems())
                    .filter(item -> item.task instanceof QueuedRun task && task.key.equals(key))
                    .map(item -> Messages.QueuedRun_Waiting(((QueuedRun) item.task).what(), item.getWhy()))
                    .findFirst()
                    .or(() -> Optional.ofNullable(PROBLEMS.get(key)));
        }
    }

    private RunOwner owner() {
        Job<?, ?> job = Builds.job(key.job()).orElse(null);
        hudson.model.Run<?, ?> named = job == null ? null : build == 0 ? job.getLastBuild() : job.getBuildByNumber(build);
        return named == null
                ? RunOwner.without(key.job(), who + " (" + key.job() + ")")
                : RunOwner.of(named, who + " (" + named.getFullDisplayName() + ")");
    }

    @Override
    void work(FilePath beside) throws IOException, InterruptedException {
        if (isDue(JobDeployments.of(key.job()).find(key.deployment()).orElse(null))) {
            RunHandle run = ActiveRuns.get().start(order, owner(), beside);
            LOGGER.info(() -> what() + " of " + key + (atItsEnd ? ", whose end has come" : ", asked for by " + who) + ", is run " + run.id()
                    + ".");
            await(run);
        }
    }

    @Override
    void failed(Exception why) {
        String sentence = Messages.QueuedRun_NotBegun(what(), ErrorMessage.sentence(why));
        LOGGER.log(Level.WARNING, () -> key + ": " + sentence);
        PROBLEMS.put(key, sentence);
    }

    private boolean isDue(@CheckForNull Deployment deployment) {
        return deployment != null
                && deployment.id().equals(id)
                && !deployment.isGone()
                && (!atItsEnd || UnattendedWork.mayBegin()
                        && Expiry.due(deployment, Clock.systemUTC().instant(), List.of(), null) instanceof Expiry.Due.Expired
                        && !ActiveRuns.get().isAtWork(key.job(), key.deployment()));
    }

    private static void await(RunHandle run) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        run.onEnd(report -> over.countDown());
        try {
            over.await();
        } catch (InterruptedException e) {
            Executor executor = Executor.currentExecutor();
            Collection<CauseOfInterruption> causes = executor == null ? List.of() : executor.getCausesOfInterruption();
            if (causes.isEmpty()) {
                // Jenkins stops, or the agent is gone: a run that has begun goes on.
                throw e;
            }
            run.interrupt(causes.stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining(", ", "", ".")));
            if (!over.await(SystemSettings.get().abortGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.info(() -> "Run " + run.id() + " is still stopping; its executor is given back.");
            }
        }
    }

    private String what() {
        return order.purpose() == Purpose.DESTROY ? Messages.QueuedRun_Destruction()
                : Messages.QueuedRun_Rollback(String.valueOf(order.backTo()));
    }

    /** Also for the REST API of Jenkins' queue, which fails for a task that has none. */
    @Exported(visibility = 999)
    @Override
    public String getDisplayName() {
        return order.purpose() == Purpose.DESTROY ? Messages.QueuedRun_DestructionOf(key) : Messages.QueuedRun_RollbackOf(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueuedRun task && task.key.equals(key) && task.id.equals(id) && task.atItsEnd == atItsEnd
                && task.order.equals(order);
    }
}
