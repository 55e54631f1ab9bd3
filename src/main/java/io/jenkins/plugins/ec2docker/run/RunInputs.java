package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.blueprint.instance.BlueGreenVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.UpdateDecision;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a run gives Terraform, beside what the deployment has already. Rendered once; the same again for whoever takes the run up, because
 * rendering is pure and what it looks at is stored before it counts.
 */
final class RunInputs {

    private final DeploymentStore store;
    private final RunImageDigests pins;
    private final ProvisionRequest request;
    @CheckForNull
    private final byte[] usersCsv;
    private final BlueprintSettings settings;

    @CheckForNull
    private RenderedWorkspace preparation;

    RunInputs(DeploymentStore store, RunImageDigests pins, ProvisionRequest request, @CheckForNull byte[] usersCsv,
            BlueprintSettings settings) {
        this.store = store;
        this.pins = pins;
        this.request = request;
        this.usersCsv = usersCsv;
        this.settings = settings;
    }

    /** What the request comes to by itself. */
    synchronized RenderedWorkspace of(Deployment deployment, String runId) throws BootstrapTooLargeException, IOException {
        if (preparation == null) {
            ProvisionRequest pinned = rendered(deployment, runId);
            UpdateDecision decision = decision(deployment, runId);
            preparation = decision.isInPlace()
                    ? RenderedWorkspace.inPlace(pinned, usersCsv, deployment.id(), deployment.serving(), settings)
                    : RenderedWorkspace.of(pinned, usersCsv, deployment.id(), earlier(deployment, decision), runId, settings);
        }
        return preparation;
    }

    /** The request as this run renders it: with its pins. */
    ProvisionRequest rendered(Deployment deployment, String runId) throws IOException {
        return pins.pinned(deployment, request, runId);
    }

    /** As it was stored; a run that has not decided does as ever. */
    UpdateDecision decision(Deployment deployment, String runId) throws IOException {
        return store.redeployDecision(deployment.name(), runId).orElse(UpdateDecision.ORDINARY);
    }

    /** Whether the request wants another instance than one that serves and was good once: only that one is worth keeping meanwhile. */
    boolean isHandover(Deployment deployment, String runId) throws BootstrapTooLargeException, IOException {
        return Blueprint.of(deployment.blueprint()) == Blueprint.INSTANCE && !decision(deployment, runId).isInPlace() && deployment.good()
                && deployment.boot() != null
                && !of(deployment, runId).boot().equals(deployment.boot());
    }

    /** What a run's workspace begins with. A plan alone shows what all of an update comes to. */
    WorkspaceFiles workspace(Deployment deployment, ProvisioningRun run) throws BootstrapTooLargeException, IOException {
        WorkspaceFiles next = of(deployment, run.id()).files();
        if (run.purpose() == Purpose.PLAN || !isHandover(deployment, run.id())) {
            return next;
        }
        return BlueGreenVariables.workspace(next, store.inputs(deployment.name(), deployment.lastApplied()), deployment.serving().runId());
    }

    /** The one that serves first: where it fits, nothing is to be handed over. */
    private List<RenderedWorkspace.Earlier> earlier(Deployment deployment, UpdateDecision decision) {
        List<RenderedWorkspace.Earlier> known = new ArrayList<>();
        Generation serving = deployment.boot();
        if (!deployment.isGone() && serving != null && decision.way() != UpdateDecision.Way.ANEW) {
            known.add(new RenderedWorkspace.Earlier(serving, () -> userData(deployment.name(), deployment.lastApplied())));
        }
        Generation beside = deployment.beside();
        if (!deployment.isGone() && beside != null) {
            known.add(new RenderedWorkspace.Earlier(beside, () -> userData(deployment.name(), beside.runId())));
        }
        return known;
    }

    private byte[] userData(String name, String runId) throws IOException {
        return Objects.requireNonNull(store.inputs(name, runId).contents().get(WorkspaceFiles.USER_DATA), WorkspaceFiles.USER_DATA);
    }
}
