package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.AbortException;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;

/** Rolls a deployment back from the page of a run that was good: to what that run was given. */
final class RollbackButton {

    private RollbackButton() {}

    /** Whether the deployment runs something else by now than this good run gave it. */
    static boolean isPossible(Run<?, ?> build, StoredRunSummary facts) {
        return DestroyButton.find(build, facts)
                .filter(deployment -> DestroyButton.isSame(deployment, facts) && !deployment.isGone() && isEarlier(deployment, facts.runId))
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
    static RunBuildAction start(Run<?, ?> build, StoredRunSummary facts) throws IOException, InterruptedException {
        if (!isPossible(build, facts)) {
            throw new Failure(Messages.ProvisionAction_NothingToRestore(facts.deployment));
        }
        try {
            return RunRecorder.record(
                    build, RunSource.get().rollback(build, facts.deployment, facts.runId, DestroyButton.who(build)));
        } catch (AbortException e) {
            throw new Failure(e.getMessage());
        }
    }
}
