package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.credentials.DeploymentAccess;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastExecuted;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.PublicAddressUpdate;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.WorkingHours;
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
public final class WorkingHoursWork extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(WorkingHoursWork.class.getName());
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);
    /** After a start; by then EC2 has long given the instance its public address. */
    private static final Duration ADDRESS = Duration.ofMinutes(15);
    private static final String WHO = "schedule";

    private final Clock clock = Clock.systemUTC();
    /** Of each run that was applied last somewhere, as requests are sealed. For the one thread of this work. */
    private Map<String, Optional<WorkingHoursSchedule>> schedules = new HashMap<>();
    private final Map<AllDeployments.Key, Instant> failed = new HashMap<>();

    public WorkingHoursWork() {
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

    public void obey(Instant now) throws InterruptedException {
        if (!UnattendedWork.mayBegin()) {
            return;
        }
        Map<String, Optional<WorkingHoursSchedule>> known = new HashMap<>();
        failed.values().removeIf(tried -> !tried.plus(BETWEEN_TRIES).isAfter(now));
        for (AllDeployments.Entry entry : AllDeployments.living()) {
            Deployment deployment = entry.deployment();
            if (deployment.status() != Deployment.Status.LIVE || deployment.appliedRun() == null) {
                continue;
            }
            String run = entry.job() + "\n" + deployment.name() + "\n" + deployment.appliedRun();
            Optional<WorkingHoursSchedule> schedule = schedules.containsKey(run) ? schedules.get(run) : schedule(entry);
            known.put(run, schedule);
            AllDeployments.Key key = new AllDeployments.Key(entry.job(), deployment.name());
            if (schedule.isPresent() && !failed.containsKey(key)) {
                try {
                    obey(key, deployment, schedule.get(), now);
                } catch (IOException | AwsException | DeploymentLock.Held | RuntimeException e) {
                    failed.put(key, now);
                    LOGGER.log(Level.WARNING,
                            () -> "The schedule of deployment " + key + " cannot be obeyed now: " + ErrorMessage.sentence(e));
                }
            }
        }
        schedules = known;
    }

    private static Optional<WorkingHoursSchedule> schedule(AllDeployments.Entry entry) {
        Deployment deployment = entry.deployment();
        try {
            StoredRequest stored = JobDeployments.of(entry.job()).stored(deployment.name(), deployment.lastApplied());
            stored.notes().stream().filter(note -> note.field().startsWith("schedule")).forEach(note -> LOGGER.warning(
                    () -> "Today's rules reject the schedule of deployment " + deployment.name() + " of " + entry.job() + ": " + note));
            return Optional.ofNullable(stored.request().schedule());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e,
                    () -> "The request of deployment " + deployment.name() + " of " + entry.job() + " cannot be read.");
            return Optional.empty();
        }
    }

    private void obey(AllDeployments.Key key, Deployment seen, WorkingHoursSchedule schedule, Instant now)
            throws IOException, AwsException, DeploymentLock.Held, InterruptedException {
        Instant done = LastExecuted.HOURS.find(key.job(), key.deployment());
        WorkingHours.Change change = WorkingHours.due(schedule, seen, now, done).orElse(null);
        boolean started = change == null && done != null && schedule.runsAt(now) && done.plus(ADDRESS).isAfter(now);
        if (change == null && !started) {
            return;
        }
        String what = started ? "its instance's address is looked up." : "its instance is just being " + word(change) + " by its schedule.";
        Optional<DeploymentReservations.Claim> claim = ActiveRuns.get().claim(key.job(), key.deployment(), what);
        if (claim.isEmpty()) {
            // When the run is over.
            return;
        }
        DeploymentStore store = JobDeployments.of(key.job());
        DeploymentLock.Holder holder = DeploymentLock.Holder.here(Ids.newRunId(now), Purpose.PROVISION, WHO, now);
        try (DeploymentReservations.Claim held = claim.get();
                DeploymentLock lock = store.lock(key.deployment(), holder)) {
            Deployment deployment = store.find(key.deployment()).orElse(seen);
            if (!deployment.equals(seen)) {
                return;
            }
            if (started) {
                learnAddress(store, deployment, keys(key, deployment, now), now);
            } else {
                tell(key, deployment, change, keys(key, deployment, now));
                LastExecuted.HOURS.save(key.job(), key.deployment(), change.at());
            }
        }
    }

    private SessionCredentials keys(AllDeployments.Key key, Deployment deployment, Instant now) throws IOException, AwsException {
        DeploymentAccess access = DeploymentAccess.of(key.job(), key.deployment());
        ProvisionRequest request = access.store().request(deployment.name(), deployment.lastApplied());
        return access.session(request, Ids.newRunId(now), WHO, clock, secret -> {}).keys();
    }

    private static AwsSettings aws(Deployment deployment) {
        return AwsSettings.of(deployment.region(), ControllerEnvironment.now());
    }

    /** EC2 gives an instance another public address at each start, unless it has one of its own. */
    private static void learnAddress(DeploymentStore store, Deployment deployment, SessionCredentials keys, Instant now)
            throws IOException, AwsException {
        String instance = deployment.instanceId().orElseThrow();
        Optional<Deployment> moved = new Ec2Instances(aws(deployment)).describe(keys, instance)
                .filter(view -> view.state().equals("running"))
                .flatMap(view -> PublicAddressUpdate.of(deployment, view, now));
        if (moved.isPresent()) {
            store.save(moved.get());
        }
    }

    private static String word(WorkingHours.Change change) {
        return change.run() ? "started" : "stopped";
    }

    private static void tell(AllDeployments.Key key, Deployment deployment, WorkingHours.Change change, SessionCredentials keys)
            throws AwsException {
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
