package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Job;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.Expiry;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Destroys what has come to its end: once a minute, by a run like any other, on the agent and with the credentials of the deployment's last
 * run. What a run is at work on, or waits to be, is left to the next minute; a destruction that failed is tried again after an hour.
 */
@Extension
public final class Expiration extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Expiration.class.getName());
    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);

    private final Clock clock = Clock.systemUTC();

    public Expiration() {
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
    protected void execute(TaskListener listener) throws InterruptedException {
        destroyWhatIsOver(clock.instant());
    }

    void destroyWhatIsOver(Instant now) throws InterruptedException {
        for (Registry.Entry entry : Registry.entries()) {
            Deployment deployment = entry.deployment();
            boolean over = Expiry.due(deployment, now, List.of(), null) instanceof Expiry.Due.Expired;
            if (over && !isFreshlyTried(deployment, now) && !isAtWork(entry)) {
                destroy(entry);
            }
        }
    }

    private static boolean isFreshlyTried(Deployment deployment, Instant now) {
        return deployment.lastRun()
                .filter(run -> run.purpose() == Purpose.DESTROY && run.started().plus(BETWEEN_TRIES).isAfter(now))
                .isPresent();
    }

    private static boolean isAtWork(Registry.Entry entry) {
        return LiveRuns.get().all().stream()
                .map(LiveRun::view)
                .anyMatch(view -> view.job().equals(entry.job()) && view.deployment().equals(entry.deployment().name()));
    }

    private static void destroy(Registry.Entry entry) throws InterruptedException {
        String name = entry.deployment().name();
        hudson.model.Run<?, ?> build = Builds.job(entry.job()).map(Job::getLastBuild).orElse(null);
        if (build == null) {
            LOGGER.fine(() -> "Deployment " + name + " of " + entry.job() + " is over, but no build is left whose records could tell of its end.");
            return;
        }
        try {
            LiveRun run = LiveRuns.get().destroy(build, name, "expiry (" + build.getFullDisplayName() + ")");
            LOGGER.info(() -> "Deployment " + name + " of " + entry.job() + " has come to its end; run " + run.id() + " destroys it.");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, () -> "Deployment " + name + " of " + entry.job() + " has come to its end and cannot be destroyed: "
                    + Failures.sentence(e));
        }
    }
}
