package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.images.ImageDigests;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run begins with, found out with the deployment's lock in hand.
 *
 * @param deployment as it is before the run, with the run in its history; one that does not exist yet is new
 * @param request what is asked for; for a destruction what was applied last, or null where nothing was
 */
public record RunStart(Deployment deployment, @CheckForNull ProvisionRequest request, ProvisioningRun run) {

    /**
     * @param asked what is asked for; null for a destruction
     * @param who asks, as the shell knows them
     * @throws IOException if the store cannot be read, or the deployment cannot be brought to what is asked for; its message says why
     * @throws IllegalArgumentException if a deployment is to be destroyed that does not exist
     */
    public static RunStart of(
            DeploymentStore store, Purpose purpose, String name, @CheckForNull ProvisionRequest asked, String runId, String who,
            Instant now)
            throws IOException {
        Deployment known = deployment(store, purpose, name, asked, who, now);
        boolean needless = purpose == Purpose.DESTROY && (known.isGone() || known.appliedRun() == null);
        ProvisionRequest request = asked != null || needless ? asked : store.request(name, known.lastApplied());
        OnFailure onFailure = purpose.provisions() ? request.onFailure() : OnFailure.KEEP;
        ProvisioningRun run = ProvisioningRun.begin(runId, purpose, onFailure, !known.good());
        return needless
                ? new RunStart(known, null, run)
                : new RunStart(known.beginRun(RunSummary.begin(runId, purpose, who, now)), request, run);
    }

    /** Whether there is nothing to do: then nothing may be stored either. */
    public boolean isNeedless() {
        return request == null;
    }

    /** The report of a run that has nothing to do. */
    public RunReport needless(Instant now) {
        RunResult result = new RunResult(
                RunResult.Status.SUCCEEDED, "Deployment \"" + deployment.name() + "\" has nothing in AWS; nothing was done.", false);
        return new RunReport(deployment, run, result, StageTime.of(run, now));
    }

    /** The same, remembering whose request it brings back. */
    public RunStart backTo(String earlierRun) {
        return new RunStart(deployment.changedRun(run.id(), summary -> summary.backTo(earlierRun)), request, run);
    }

    /** The same, remembering which build started it. */
    public RunStart ofBuild(int number) {
        return new RunStart(deployment.changedRun(run.id(), summary -> summary.ofBuild(number)), request, run);
    }

    /** Remembers that the run has begun; a plan leaves no trace. */
    public void store(DeploymentStore store) throws IOException {
        if (run.purpose() == Purpose.PLAN) {
            return;
        }
        String backTo = deployment.run(run.id()).map(RunSummary::backTo).orElse(null);
        if (backTo != null) {
            // The very images of then, whatever their tags have come to mean.
            Optional<ImageDigests> pins = store.pins(deployment.name(), backTo);
            if (pins.isPresent()) {
                store.savePins(deployment.name(), run.id(), pins.get());
            }
        }
        store.save(deployment);
    }

    private static Deployment deployment(
            DeploymentStore store, Purpose purpose, String name, @CheckForNull ProvisionRequest request, String who, Instant now)
            throws IOException {
        Optional<Deployment> known = store.find(name);
        if (purpose == Purpose.DESTROY) {
            return known.orElseThrow(() -> new IllegalArgumentException("There is no deployment \"" + name + "\"."));
        }
        String id = Ids.newDeploymentId(name);
        if (known.isEmpty()) {
            return Deployment.begin(name, id, request.blueprint(), request.region(), who, now);
        }
        if (known.get().isGone()) {
            return known.get().beginAgain(id, request.blueprint(), request.region(), who, now);
        }
        requireSamePlace(known.get(), request);
        return known.get();
    }

    /** Terraform would see nothing of the deployment elsewhere, make a second one there and forget the first. */
    private static void requireSamePlace(Deployment deployment, ProvisionRequest request) throws IOException {
        if (!deployment.region().equals(request.region())) {
            throw new IOException("Deployment \"" + deployment.name() + "\" lives in region " + deployment.region()
                    + " and cannot move to " + request.region() + ": destroy it first, or give the request another name.");
        }
        if (!deployment.blueprint().equals(request.blueprint())) {
            throw new IOException("Deployment \"" + deployment.name() + "\" was made by blueprint " + deployment.blueprint()
                    + " and cannot change to " + request.blueprint() + ": destroy it first, or give the request another name.");
        }
    }
}
