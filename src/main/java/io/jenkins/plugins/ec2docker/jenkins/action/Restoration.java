package io.jenkins.plugins.ec2docker.jenkins.action;

import hudson.AbortException;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.RunSummary;
import java.io.IOException;

/** Rolls a deployment back from the page of a run that was good: to what that run was given. */
final class Restoration {

    private Restoration() {}

    /** Whether the deployment runs something else by now than this good run gave it. */
    static boolean isPossible(Run<?, ?> build, RunFacts facts) {
        return Destruction.find(build, facts)
                .filter(deployment -> Destruction.isSame(deployment, facts) && !deployment.isGone() && isEarlier(deployment, facts.runId))
                .isPresent();
    }

    private static boolean isEarlier(Deployment deployment, String runId) {
        String present = deployment.run(deployment.appliedRun()).map(RunSummary::content).orElse(null);
        return deployment.run(runId).filter(run -> run.isGood() && run.content() != null && !run.content().equals(present)).isPresent();
    }

    /**
     * Starts the run that rolls back; the caller has checked the permission.
     *
     * @return the new run's page
     * @throws Failure with a sentence for people, if there is no way back
     */
    static ProvisionAction start(Run<?, ?> build, RunFacts facts) throws IOException, InterruptedException {
        if (!isPossible(build, facts)) {
            throw new Failure(Messages.ProvisionAction_NothingToRestore(facts.deployment));
        }
        try {
            return RunRecorder.record(
                    build, RunSource.get().rollback(build, facts.deployment, facts.runId, Destruction.who(build)));
        } catch (AbortException e) {
            throw new Failure(e.getMessage());
        }
    }
}
