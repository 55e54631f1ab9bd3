package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentLock;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
import io.jenkins.plugins.ec2docker.provisioning.Identities;
import io.jenkins.plugins.ec2docker.provisioning.NewAddress;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;
import io.jenkins.plugins.ec2docker.provisioning.WorkingHours;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.Schedule;
import io.jenkins.plugins.ec2docker.request.StoredRequest;
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
    /** After a start; by then EC2 has long given the instance its public address. */
    private static final Duration ADDRESS = Duration.ofMinutes(15);
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
            StoredRequest stored = JobDeployments.of(entry.job()).stored(deployment.name(), deployment.appliedRun());
            stored.notes().stream().filter(note -> note.field().startsWith("schedule")).forEach(note -> LOGGER.warning(
                    () -> "Today's rules reject the schedule of deployment " + deployment.name() + " of " + entry.job() + ": " + note));
            return Optional.ofNullable(stored.request().schedule());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The request of deployment " + deployment.name() + " of " + entry.job() + " cannot be read.");
            return Optional.empty();
        }
    }

    private void obey(Registry.Key key, Deployment seen, Schedule schedule, Instant now)
            throws IOException, AwsRefusal, DeploymentLock.Held, InterruptedException {
        Instant done = Mark.HOURS.find(key.job(), key.deployment());
        WorkingHours.Change change = WorkingHours.due(schedule, seen, now, done).orElse(null);
        boolean started = change == null && done != null && schedule.runsAt(now) && done.plus(ADDRESS).isAfter(now);
        if (change == null && !started) {
            return;
        }
        String what = started ? "its instance's address is looked up." : "its instance is just being " + word(change) + " by its schedule.";
        Optional<Claims.Claim> claim = LiveRuns.get().claim(key.job(), key.deployment(), what);
        if (claim.isEmpty()) {
            // When the run is over.
            return;
        }
        DeploymentStore store = JobDeployments.of(key.job());
        DeploymentLock.Holder holder = DeploymentLock.Holder.here(Identities.newRunId(now), Purpose.PROVISION, WHO, now);
        try (Claims.Claim held = claim.get();
                DeploymentLock lock = store.lock(key.deployment(), holder)) {
            Deployment deployment = store.find(key.deployment()).orElse(seen);
            if (!deployment.equals(seen)) {
                return;
            }
            if (started) {
                learnAddress(store, deployment, keys(key, deployment, now), now);
            } else {
                tell(key, deployment, change, keys(key, deployment, now));
                Mark.HOURS.save(key.job(), key.deployment(), change.at());
            }
        }
    }

    private SessionCredentials keys(Registry.Key key, Deployment deployment, Instant now) throws IOException, AwsRefusal {
        DeploymentAccess access = DeploymentAccess.of(key.job(), key.deployment());
        ProvisionRequest request = access.store().request(deployment.name(), deployment.appliedRun());
        return access.session(request, Identities.newRunId(now), WHO, clock, secret -> {}).keys();
    }

    private static AwsSettings aws(Deployment deployment) {
        return AwsSettings.of(deployment.region(), ControllerEnvironment.now());
    }

    /** EC2 gives an instance another public address at each start, unless it has one of its own. */
    private static void learnAddress(DeploymentStore store, Deployment deployment, SessionCredentials keys, Instant now)
            throws IOException, AwsRefusal {
        String instance = deployment.instanceId().orElseThrow();
        Optional<Deployment> moved = new Ec2Instances(aws(deployment)).describe(keys, instance)
                .filter(view -> view.state().equals("running"))
                .flatMap(view -> NewAddress.of(deployment, view, now));
        if (moved.isPresent()) {
            store.save(moved.get());
        }
    }

    private static String word(WorkingHours.Change change) {
        return change.run() ? "started" : "stopped";
    }

    private static void tell(Registry.Key key, Deployment deployment, WorkingHours.Change change, SessionCredentials keys) throws AwsRefusal {
        Ec2Instances instances = new Ec2Instances(aws(deployment));
        String instance = deployment.instanceId().orElseThrow();
        if (change.run()) {
            instances.start(keys, instance);
        } else {
            instances.stop(keys, instance);
        }
        LOGGER.info(() -> "Instance " + instance + " of deployment " + key + " was " + word(change) + " by its schedule, as of "
                + change.at() + ".");
    }
}
