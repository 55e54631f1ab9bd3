package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.slaves.WorkspaceList;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentSite;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunStore;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.EncryptedOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDirectories;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.jenkins.store.OrderSecrets;
import io.jenkins.plugins.ec2docker.jenkins.store.RunLog;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.RunStart;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.security.ImpersonatingScheduledExecutorService;

/** All runs that are under way on this controller, whoever started them. */
@Extension
public final class ActiveRuns {

    private static final Logger LOGGER = Logger.getLogger(ActiveRuns.class.getName());

    /** For all runs together: a task takes milliseconds, but for calls to AWS and for an agent that has just gone silent. */
    private static final int THREADS = 8;
    /** For what may download providers onto an agent, which takes minutes and must not keep the others from interrupts and states. */
    private static final int LAUNCHES = 16;

    private final Clock clock = Clock.systemUTC();
    private final Map<String, ActiveRun> live = new ConcurrentSkipListMap<>();
    /** Logs of those of them that do not begin before unattended work may. */
    private final Map<String, RunLog> held = new ConcurrentHashMap<>();
    private final DeploymentReservations claims = new DeploymentReservations();
    private final ScheduledThreadPoolExecutor pool;
    private final ScheduledExecutorService threads;
    private final ThreadPoolExecutor launching;
    private final Executor launches;

    public ActiveRuns() {
        pool = new ScheduledThreadPoolExecutor(
                THREADS,
                new NamingThreadFactory(
                        new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "EC2 Docker runs"));
        pool.setKeepAliveTime(30, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads = new ImpersonatingScheduledExecutorService(pool, ACL.SYSTEM2);
        launching = new ThreadPoolExecutor(
                LAUNCHES, LAUNCHES, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "EC2 Docker launches"));
        launching.allowCoreThreadTimeOut(true);
        launches = new ImpersonatingExecutorService(launching, ACL.SYSTEM2);
    }

    public static ActiveRuns get() {
        return ExtensionList.lookupSingleton(ActiveRuns.class);
    }

    /**
     * Checks everything that can be checked without asking AWS (request, users file, guardrails, size, permission, credentials), then
     * starts. The run then goes on by itself.
     *
     * @param workspace of the build, on the agent where Terraform shall work; the run has a directory of its own beside it
     * @param launcher only says where; Terraform is launched on the agent itself, never in a container the launcher leads to, because only
     *     there it is found again after a restart
     * @param env the build's; for expanding nothing, that is the caller's
     * @param listener console lines go there, see {@link RunHandle#attach}
     * @throws AbortException naming everything that is wrong, fit to be shown as it is; then nothing has been made
     */
    public RunHandle start(
            RunOrder order, hudson.model.Run<?, ?> build, FilePath workspace, Launcher launcher, EnvVars env, TaskListener listener)
            throws IOException, InterruptedException {
        FilePath beside = WorkspaceList.tempDir(workspace);
        if (beside == null) {
            throw new AbortException(
                    "The workspace " + workspace.getRemote() + " has no directory above it in which Terraform could work.");
        }
        try {
            return start(order, RunOwner.of(build, Builds.by(build)), workspace, beside, listener);
        } catch (AbortException e) {
            throw rejected(build, e);
        }
    }

    /** Lets people see on the build's page why it made no run. */
    public static AbortException rejected(hudson.model.Run<?, ?> build, AbortException problem) {
        RunContext.observers(observer -> observer.rejected(build, problem.getMessage()));
        return problem;
    }

    /**
     * Starts a destruction or rollback that no build starts. The caller has checked whether somebody may.
     *
     * @param beside a directory of the agent on which Terraform shall work; the run has one of its own in it
     */
    public RunHandle start(RunOrder order, RunOwner home, FilePath beside) throws IOException, InterruptedException {
        return start(order, home, null, beside, TaskListener.NULL);
    }

    /**
     * Checks all of an order that can be checked before it is known on which agent Terraform shall work.
     *
     * @throws AbortException naming what is wrong, fit to be shown as it is
     */
    public void check(RunOrder order, RunOwner home) throws IOException, InterruptedException {
        checked(order, home, null);
    }

    /**
     * An order in which nothing was found wrong.
     *
     * @param asked null for a destruction
     * @param name of the deployment
     */
    private record Checked(DeploymentStore store, @CheckForNull EncryptedOrder asked, String name, @CheckForNull String credentialsId) {}

    private static Checked checked(RunOrder order, RunOwner home, @CheckForNull FilePath workspace)
            throws IOException, InterruptedException {
        DeploymentStore store = JobDeployments.of(home.job());
        requireKnown(order, store, home.job());
        String credentialsId = order.credentialsId();
        String known = order.deployment();
        if (known != null && credentialsId == null) {
            credentialsId = JobDeployments.origin(home.job(), known).map(LastRunContext::credentialsId).orElse(null);
        }
        RunOrderValidation validation = new RunOrderValidation(order, home, credentialsId, workspace);
        EncryptedOrder asked = switch (order.purpose()) {
            case DESTROY -> {
                home.requirePermission(Purpose.DESTROY);
                yield null;
            }
            case ROLLBACK -> validation.earlier(store);
            case PROVISION, PLAN -> validation.request();
        };
        home.requireCredentials(credentialsId);
        return new Checked(store, asked, asked == null ? Objects.requireNonNull(order.deployment(), "deployment") : asked.request().name(),
                credentialsId);
    }

    private RunHandle start(
            RunOrder order, RunOwner home, @CheckForNull FilePath workspace, FilePath beside, TaskListener listener)
            throws IOException, InterruptedException {
        Checked checked = checked(order, home, workspace);
        String job = home.job();
        DeploymentStore store = checked.store();
        hudson.model.Run<?, ?> build = home.build();
        EncryptedOrder asked = checked.asked();
        String name = checked.name();
        String credentialsId = checked.credentialsId();
        String runId = Ids.newRunId(clock.instant());
        AgentDirectory agent = AgentDirectory.of(beside.child("ec2-docker").child(runId));
        try {
            // Only to refuse at once what cannot be: what counts is how the deployment stands when it is the run's turn.
            RunStart start = RunStart.of(
                    store, order.purpose(), name, asked == null ? null : asked.request(), runId, home.who(), clock.instant());
            ActiveRunRecord record = ActiveRunRecord.builder(job, home.number(), home.who()).agent(agent).credentialsId(credentialsId)
                    .region(start.deployment().region()).deployment(start.deployment()).run(start.run()).started(clock.instant()).build();
            BuildRunFiles records = home.records(runId);
            Optional<ActiveRunRecord> other = ahead(record);
            if (start.isNeedless() && other.isEmpty()) {
                records.prepare();
                return needless(record, start, records, listener);
            }
            EncryptedOrder sealed = asked == null ? new EncryptedOrder(toDestroy(store, start, other), null, null, null) : asked;
            home.requireCredentials(credentialsId, agent, sealed.request());
            AgentSite.check(agent);
            JobDirectories.get().make(job);
            records.prepare();
            records().begin(record, sealed);
            records.save(sealed);
            RunLog log = new RunLog(records, clock);
            log.attach(listener);
            sealed.users().ifPresent(users -> log.info("Users file: " + users + "."));
            ActiveRun run = driven(record, sealed, store, records, log);
            if (workspace != null && build != null && UnattendedWork.get().holds(build)) {
                hold(runId, log, "");
            }
            live.put(runId, run);
            if (build != null) {
                for (RunEventListener observer : ExtensionList.lookup(RunEventListener.class)) {
                    observer.started(run, build);
                }
            }
            beginWhatMay();
            if (!run.hasBegun() && !held.containsKey(runId)) {
                log.info("Waiting for its turn: " + other
                        .map(first -> "deployment \"" + name + "\" is worked on by run " + first.runId() + " ("
                                + first.run().purpose().text()
                                + ") of " + first.by() + " since " + first.started() + ".")
                        .or(() -> claims.on(job, name))
                        .orElseGet(() -> "as many runs are under way as administrators allow at once, "
                                + SystemSettings.get().concurrentRuns() + "."));
            }
            return run;
        } catch (IOException e) {
            abandon(runId);
            throw e instanceof AbortException ? e : new AbortException(ErrorMessage.sentence(e));
        } catch (RuntimeException e) {
            abandon(runId);
            throw e;
        }
    }

    /** The request that was applied last; for a destruction of what another run is just making, that run's. */
    private StoredRequest toDestroy(DeploymentStore store, RunStart start, Optional<ActiveRunRecord> other) throws IOException {
        return start.isNeedless()
                ? records().order(other.get()).stored()
                : store.stored(start.deployment().name(), start.deployment().lastApplied());
    }

    /** What was not brought to life leaves nothing behind. */
    private void abandon(String runId) throws IOException {
        if (!live.containsKey(runId)) {
            records().end(runId);
        }
    }

    /** A run that works on the same deployment, or is to do so before this one. */
    private Optional<ActiveRunRecord> ahead(ActiveRunRecord record) {
        return live.values().stream()
                .filter(other -> other.record().isOfDeployment(record) && (other.hasBegun() || other.record().isBefore(record)))
                .map(ActiveRun::record)
                .filter(other -> !other.runId().equals(record.runId()))
                .findFirst();
    }

    /** What is said of an order to destroy a deployment that the job never had and no run is making; empty for every other order. */
    public Optional<String> missing(RunOrder order, hudson.model.Run<?, ?> build) throws IOException {
        String job = build.getParent().getFullName();
        DeploymentStore store = JobDeployments.of(job);
        String name = order.deployment();
        return order.purpose() != Purpose.DESTROY || name == null || isKnown(name, store) || isAtWork(job, name)
                ? Optional.empty()
                : Optional.of("Job " + job + " has no deployment \"" + name + "\"; nothing was destroyed. " + known(store));
    }

    private static void requireKnown(RunOrder order, DeploymentStore store, String job) throws IOException {
        String name = order.deployment();
        if (name != null && !isKnown(name, store)) {
            throw new AbortException("deployment \"" + name + "\": job " + job + " has no deployment of that name. " + known(store));
        }
    }

    private static boolean isKnown(String name, DeploymentStore store) throws IOException {
        return DeploymentStore.isName(name) && store.find(name).isPresent();
    }

    private static String known(DeploymentStore store) throws IOException {
        String known = String.join(", ", store.list().stream().filter(each -> !each.isGone()).map(Deployment::name).toList());
        return known.isEmpty() ? "It has none at all." : "It has: " + known + ".";
    }

    private static RunHandle needless(ActiveRunRecord record, RunStart start, BuildRunFiles records, TaskListener listener)
            throws IOException {
        RunReport report = start.needless(record.started());
        RunSnapshot view =
                RunContext.view(record, io.jenkins.plugins.ec2docker.terraform.events.Progress.NONE, null, report, record.started());
        records.save(view);
        records.save(report);
        listener.getLogger().println(report.result().message());
        return new EndedRun(view, report);
    }

    private ActiveRun driven(ActiveRunRecord record, EncryptedOrder order, DeploymentStore store, BuildRunFiles records, RunLog log) {
        OrderSecrets.of(order).forEach(log::hide);
        AgentSite site = new AgentSite(record.agent(), record.runId(), log::hide);
        RunContext scene = new RunContext(records(), records, log, store, clock, this::over, order.request());
        return new ActiveRun(record, new JenkinsRunOpener(order, site, log, clock), site, scene, threads, launches, clock);
    }

    /** Takes up every run that a controller before this one left, as soon as jobs and agents are known. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, before = InitMilestone.COMPLETED)
    public static void takeUp() throws IOException {
        ActiveRuns runs = get();
        for (ActiveRunRecord record : records().list()) {
            try {
                runs.takeUp(record);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.SEVERE, e, () -> "Run " + record.runId() + " of " + record.job() + " cannot be taken up.");
            }
        }
        runs.beginWhatMay();
    }

    /** Has a run wait until unattended work may begin. */
    private void hold(String runId, RunLog log, String before) {
        held.put(runId, log);
        UnattendedWork.hindrance().ifPresent(why -> log.warn(before + "The run waits. " + why));
    }

    /** Those that wait until unattended work may begin. */
    public List<RunHandle> held() {
        return live.values().stream().filter(run -> held.containsKey(run.id())).<RunHandle>map(run -> run).toList();
    }

    private void takeUp(ActiveRunRecord record) throws IOException {
        BuildRunFiles records = Builds.find(record.job(), record.build())
                .map(build -> BuildRunFiles.of(build, record.runId()))
                .orElseGet(() -> BuildRunFiles.apart(JobDeployments.orphan(record.job(), record.build(), record.runId())));
        records.prepare();
        RunLog log = new RunLog(records, clock);
        if (UnattendedWork.mayBegin()) {
            log.info("Jenkins was restarted; the run goes on.");
        } else {
            hold(record.runId(), log, "Jenkins was restarted. ");
        }
        EncryptedOrder order = records().order(record);
        if (record.run().purpose() != Purpose.DESTROY) {
            order.stored().notes()
                    .forEach(note -> log.info("Today's rules reject the request of this run, which continues with it: " + note));
        }
        log.resume(record.logged());
        live.put(record.runId(), driven(record, order, JobDeployments.of(record.job()), records, log));
    }

    /**
     * Runs wait their turn: in the order they were asked for where they are of one deployment, and where administrators limit how many there
     * are at once. One that was at work when the controller died goes on in any case.
     */
    public synchronized void beginWhatMay() {
        if (!held.isEmpty() && UnattendedWork.mayBegin()) {
            held.values().forEach(log -> log.info("The run goes on."));
            held.clear();
        }
        int limit = SystemSettings.get().concurrentRuns();
        long begun = live.values().stream().filter(run -> run.hasBegun() && !held.containsKey(run.id())).count();
        for (ActiveRun run : live.values()) {
            if (held.containsKey(run.id())) {
                continue;
            }
            boolean first = run.hasBegun()
                    || ahead(run.record()).isEmpty() && !claims.isOn(run.record()) && (limit <= 0 || begun < limit);
            if (!run.isDriven() && first) {
                begun += run.hasBegun() ? 0 : 1;
                run.begin();
            }
        }
    }

    /**
     * Keeps runs of a deployment waiting while something else works on it. Nothing where a run is at work on it or waits to be, or something
     * else has it.
     *
     * @param what does so, as a sentence that follows on a colon
     */
    public synchronized Optional<DeploymentReservations.Claim> claim(String job, String deployment, String what) {
        return isAtWork(job, deployment) ? Optional.empty() : claims.take(job, deployment, what, this::beginWhatMay);
    }

    /** A job has another name: its runs under way go on under that. */
    void moved(String before, String after) {
        live.values().forEach(run -> run.moved(before, after));
    }

    /** Whether a run is at work on a deployment, or waits to be. */
    public boolean isAtWork(String job, String deployment) {
        return live.values().stream().map(ActiveRun::record)
                .anyMatch(run -> run.job().equals(job) && run.deployment().name().equals(deployment));
    }

    private void over(ActiveRun run) {
        live.remove(run.id());
        held.remove(run.id());
        beginWhatMay();
    }

    /** A run under way, by its id. */
    public Optional<RunHandle> find(String runId) {
        return Optional.ofNullable(live.get(runId));
    }

    /** A run of a build, under way or over; empty if the build knows nothing of it. What a resumed step asks. */
    public Optional<RunHandle> find(hudson.model.Run<?, ?> build, String runId) {
        ActiveRun here = live.get(runId);
        if (here != null) {
            return Optional.of(here);
        }
        try {
            BuildRunFiles records = BuildRunFiles.of(build, runId);
            Optional<RunReport> report = records.report();
            Optional<RunSnapshot> view = records.view();
            return report.isPresent() && view.isPresent() ? Optional.of(new EndedRun(view.get(), report.get())) : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The records of run " + runId + " cannot be read.");
            return Optional.empty();
        }
    }

    /** All that are under way, oldest first. */
    public List<RunHandle> all() {
        return List.copyOf(live.values());
    }

    private static ActiveRunStore records() {
        return ActiveRunStore.here();
    }

    /** Runs go on by themselves; the next controller takes them up. */
    @Terminator
    public static void leave() throws InterruptedException {
        ActiveRuns runs = get();
        // Not interrupted: what is just being written shall be whole.
        runs.pool.shutdown();
        runs.launching.shutdown();
        runs.pool.awaitTermination(10, TimeUnit.SECONDS);
        runs.live.values().forEach(ActiveRun::leave);
    }
}
