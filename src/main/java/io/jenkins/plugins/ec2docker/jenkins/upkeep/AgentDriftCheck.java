package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentSite;
import io.jenkins.plugins.ec2docker.jenkins.agent.PollTerraformCall.Sight;
import io.jenkins.plugins.ec2docker.jenkins.agent.TerraformPollInterval;
import io.jenkins.plugins.ec2docker.jenkins.agent.WorkspaceCleanup;
import io.jenkins.plugins.ec2docker.jenkins.credentials.DeploymentAccess;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.site.EventLog;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.site.TerraformErrors;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftedAttribute;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftPlan;
import io.jenkins.plugins.ec2docker.upkeep.drift.DriftReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Checks a deployment for drift with the Terraform of an agent. Blocks for as long as a plan takes.
 *
 * <p>Nobody takes it up after a death of the controller: a plan changes nothing, so it may end unseen. Its workspace is noted before there
 * is one, and removed when the agent connects the next time.
 */
public final class AgentDriftCheck implements DriftPlan.Commands {

    /** A plan takes seconds; a download of providers, minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final AgentSite site;
    private final Path copies;
    private final Clock clock;

    private AgentDriftCheck(AgentSite site, Path copies, Clock clock) {
        this.site = site;
        this.copies = copies;
        this.clock = clock;
    }

    /**
     * The caller has claimed the deployment.
     *
     * @param beside a directory of the agent; the check has one of its own in it
     * @throws IOException if it cannot be found out; the message says why
     * @throws IllegalArgumentException if there is nothing of it in AWS
     */
    public static DriftReport check(String job, String name, String who, FilePath beside, Clock clock)
            throws IOException, InterruptedException, AwsException, DeploymentLock.Held {
        DeploymentAccess access = DeploymentAccess.of(job, name);
        DeploymentStore store = access.store();
        Instant now = clock.instant();
        String runId = Ids.newRunId(now);
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(runId, Purpose.PLAN, who, now))) {
            AgentDirectory agent = AgentDirectory.of(beside.child("ec2-docker").child(runId));
            AgentSite.check(agent);
            Path copies = store.runDirectory(name, runId);
            WorkspaceCleanup.here().add(agent);
            try {
                // Nothing of it is told to anybody but for errors, which Terraform keeps free of secrets.
                AgentSite site = new AgentSite(agent, runId, secret -> {});
                DriftReport report = new DriftPlan(store, access.settings(who), site, new AgentDriftCheck(site, copies, clock))
                        .of(name, request -> access.session(agent, request, runId, who, clock));
                return withoutWorkingHours(report, store.request(name, report.deployment().lastApplied()).schedule(), now);
            } finally {
                DirectoryTree.delete(copies);
                WorkspaceCleanup.here().remove(agent);
            }
        }
    }

    /** An instance that its schedule has stopped is as it should be. */
    private static DriftReport withoutWorkingHours(DriftReport report, @CheckForNull WorkingHoursSchedule schedule, Instant now) {
        boolean stopped = schedule != null && !schedule.runsAt(now);
        List<DriftedAttribute> others = report.drifts().stream().filter(drift -> !drift.attribute().equals("instance_state")).toList();
        return stopped ? new DriftReport(report.deployment(), others) : report;
    }

    @Override
    public void perform(Action action, Map<String, String> session) throws IOException, InterruptedException {
        Instant end = clock.instant().plus(LONGEST);
        site.launch(action, session);
        // A launch is over before Terraform has begun where the system forks it off.
        Instant launched = clock.instant().plusSeconds(AgentDirectory.SECONDS);
        EventLog output = new EventLog(copies.resolve(action.name()).resolve("stdout"), 0,
                new TerraformErrors(InstanceRequestFields::field), event -> {});
        TerraformPollInterval pace = TerraformPollInterval.first();
        while (true) {
            Sight sight = site.look(action, output.fetched(), clock.instant().isAfter(end));
            output.add(sight.output(), sight.isOver());
            ProcessStatus status = sight.status();
            if (status == null && clock.instant().isAfter(launched)) {
                throw new IOException("Terraform was not launched on agent " + site.agent().label() + ". Try again.");
            }
            if (status != null && sight.isOver()) {
                Outcome outcome = output.errors().outcome(
                        RunDirectories.command(action).name(), status, site.isInterrupted(action), site.complaint(action));
                if (!outcome.ok()) {
                    throw new IOException(outcome.message());
                }
                return;
            }
            Thread.sleep(pace.next(sight.output().length > 0).toMillis());
        }
    }

    @Override
    public InputStream document() throws IOException, InterruptedException {
        return site.planDocument();
    }
}
