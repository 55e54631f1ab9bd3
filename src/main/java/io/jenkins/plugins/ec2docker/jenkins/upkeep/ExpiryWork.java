package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/**
 * Destroys what has come to its end: once a minute, by a {@link QueuedRun} in Jenkins' queue, with the credentials of the deployment's last
 * run. What a run is at work on, or waits to be, is left to the next minute; a destruction that failed is tried again after an hour.
 */
@Extension
public final class ExpiryWork extends AsyncPeriodicWork {

    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);

    private final Clock clock = Clock.systemUTC();
    /** When which end was tried to be obeyed last; only so that what cannot even begin is not tried every minute. */
    private final Map<String, Instant> tried = new HashMap<>();

    public ExpiryWork() {
        super("EC2 Docker expiry");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        destroyWhatIsOver(clock.instant());
    }

    /** @return what was put into the queue */
    public List<QueueTaskFuture<Queue.Executable>> destroyWhatIsOver(Instant now) {
        if (!UnattendedWork.mayBegin()) {
            return List.of();
        }
        tried.values().removeIf(at -> !at.plus(BETWEEN_TRIES).isAfter(now));
        List<QueueTaskFuture<Queue.Executable>> begun = new ArrayList<>();
        for (AllDeployments.Entry entry : AllDeployments.living()) {
            Deployment deployment = entry.deployment();
            boolean over = Expiry.due(deployment, now, List.of(), null) instanceof Expiry.Due.Expired;
            String end = deployment.id() + " " + deployment.expires();
            if (over && !isFreshlyTried(deployment, now) && !ActiveRuns.get().isAtWork(entry.job(), deployment.name())
                    && tried.putIfAbsent(end, now) == null) {
                QueuedRun.atItsEnd(entry.job(), deployment).ifPresent(begun::add);
            }
        }
        return begun;
    }

    private static boolean isFreshlyTried(Deployment deployment, Instant now) {
        return deployment.lastRun()
                .filter(run -> run.purpose() == Purpose.DESTROY && run.started().plus(BETWEEN_TRIES).isAfter(now))
                .isPresent();
    }
}
