package io.jenkins.plugins.ec2docker.run;

import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.blueprint.instance.BlueGreenVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
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

/**
 * What a run gives Terraform, beside what the deployment has already. Rendered once; the same again for whoever takes the run up, because
 * rendering is pure and what it looks at is stored before it counts.
 */
final class RunInputs {

    private final DeploymentStore store;
    private final RunImageDigests pins;
    private final ProvisionRequest request;
    private final byte[] usersCsv;
    private final BlueprintSettings settings;

    private RenderedWorkspace preparation;

    RunInputs(DeploymentStore store, RunImageDigests pins, ProvisionRequest request, byte[] usersCsv, BlueprintSettings settings) {
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
                    ? RenderedWorkspace.inPlace(pinned, usersCsv, deployment.id(), deployment.boot(), settings)
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
                && !deployment.boot().equals(of(deployment, runId).boot());
    }

    /** What a run's workspace begins with. A plan alone shows what all of an update comes to. */
    WorkspaceFiles workspace(Deployment deployment, ProvisioningRun run) throws BootstrapTooLargeException, IOException {
        WorkspaceFiles next = of(deployment, run.id()).files();
        if (run.purpose() == Purpose.PLAN || !isHandover(deployment, run.id())) {
            return next;
        }
        return BlueGreenVariables.workspace(next, store.inputs(deployment.name(), deployment.appliedRun()), deployment.boot().runId());
    }

    /** The one that serves first: where it fits, nothing is to be handed over. */
    private List<RenderedWorkspace.Earlier> earlier(Deployment deployment, UpdateDecision decision) {
        List<RenderedWorkspace.Earlier> known = new ArrayList<>();
        if (!deployment.isGone() && deployment.boot() != null && decision.way() != UpdateDecision.Way.ANEW) {
            known.add(new RenderedWorkspace.Earlier(deployment.boot(), () -> userData(deployment.name(), deployment.appliedRun())));
        }
        if (!deployment.isGone() && deployment.beside() != null) {
            known.add(new RenderedWorkspace.Earlier(deployment.beside(), () -> userData(deployment.name(), deployment.beside().runId())));
        }
        return known;
    }

    private byte[] userData(String name, String runId) throws IOException {
        return store.inputs(name, runId).contents().get(WorkspaceFiles.USER_DATA);
    }
}
