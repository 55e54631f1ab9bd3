package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.Ec2Power;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentLock;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;
import io.jenkins.plugins.ec2docker.provisioning.RunStart;
import io.jenkins.plugins.ec2docker.provisioning.WorkingHours;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.Schedule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts and stops instances at the moments that their requests' schedules name, with the deployment's lock in hand and never while a run is at
 * work on it or waits to be. What came due while Jenkins was down is done when it is back. EC2 is told first and the moment marked as done then:
 * whoever is killed in between tells EC2 twice, which changes nothing.
 */
@Extension
public final class WorkingTimes extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(WorkingTimes.class.getName());
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);
    private static final String WHO = "schedule";

    private final Clock clock = Clock.systemUTC();
    /** Of each run that was applied last somewhere, as requests are sealed. For the one thread of this work. */
    private Map<String, Optional<Schedule>> schedules = new HashMap<>();
    private final Map<Registry.Key, Instant> failed = new HashMap<>();

    public WorkingTimes() {
        super("EC2 Docker working hours");
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
        obey(clock.instant());
    }

    void obey(Instant now) throws InterruptedException {
        Map<String, Optional<Schedule>> known = new HashMap<>();
        failed.values().removeIf(tried -> !tried.plus(BETWEEN_TRIES).isAfter(now));
        for (Registry.Entry entry : Registry.living()) {
            Deployment deployment = entry.deployment();
            if (deployment.status() != Deployment.Status.LIVE || deployment.appliedRun() == null) {
                continue;
            }
            String run = entry.job() + "\n" + deployment.name() + "\n" + deployment.appliedRun();
            Optional<Schedule> schedule = schedules.containsKey(run) ? schedules.get(run) : schedule(entry);
            known.put(run, schedule);
            Registry.Key key = new Registry.Key(entry.job(), deployment.name());
            if (schedule.isPresent() && !failed.containsKey(key)) {
                try {
                    obey(key, deployment, schedule.get(), now);
                } catch (IOException | AwsRefusal | DeploymentLock.Held | RuntimeException e) {
                    failed.put(key, now);
                    LOGGER.log(Level.WARNING, () -> "The schedule of deployment " + key + " cannot be obeyed now: " + Failures.sentence(e));
                }
            }
        }
        schedules = known;
    }

    private static Optional<Schedule> schedule(Registry.Entry entry) {
        Deployment deployment = entry.deployment();
        try {
            return Optional.ofNullable(JobDeployments.of(entry.job()).request(deployment.name(), deployment.appliedRun()).schedule());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The request of deployment " + deployment.name() + " of " + entry.job() + " cannot be read.");
            return Optional.empty();
        }
    }

    private void obey(Registry.Key key, Deployment seen, Schedule schedule, Instant now)
            throws IOException, AwsRefusal, DeploymentLock.Held, InterruptedException {
        Instant done = Mark.HOURS.find(key.job(), key.deployment());
        WorkingHours.Change change = WorkingHours.due(schedule, seen, now, done).orElse(null);
        if (change == null) {
            return;
        }
        String what = change.run() ? "its instance is just being started by its schedule." : "its instance is just being stopped by its schedule.";
        Optional<Claims.Claim> claim = LiveRuns.get().claim(key.job(), key.deployment(), what);
        if (claim.isEmpty()) {
            // When the run is over.
            return;
        }
        DeploymentStore store = JobDeployments.of(key.job());
        DeploymentLock.Holder holder = DeploymentLock.Holder.here(RunStart.newRunId(now), Purpose.PROVISION, WHO, now);
        try (Claims.Claim held = claim.get();
                DeploymentLock lock = store.lock(key.deployment(), holder)) {
            Deployment deployment = store.find(key.deployment()).orElse(seen);
            if (deployment.equals(seen)) {
                tell(key, deployment, change, now);
                Mark.HOURS.save(key.job(), key.deployment(), change.at());
            }
        }
    }

    private void tell(Registry.Key key, Deployment deployment, WorkingHours.Change change, Instant now) throws IOException, AwsRefusal {
        DeploymentAccess access = DeploymentAccess.of(key.job(), key.deployment());
        ProvisionRequest request = access.store().request(deployment.name(), deployment.appliedRun());
        SessionCredentials keys = access.session(request, RunStart.newRunId(now), WHO, clock, secret -> {}).keys();
        Ec2Power power = new Ec2Power(AwsSettings.of(deployment.region(), ControllerEnvironment.now()));
        String instance = WorkingHours.instance(deployment).orElseThrow();
        if (change.run()) {
            power.start(keys, instance);
        } else {
            power.stop(keys, instance);
        }
        LOGGER.info(() -> "Instance " + instance + " of deployment " + key + " was " + (change.run() ? "started" : "stopped")
                + " by its schedule, as of " + change.at() + ".");
    }
}
