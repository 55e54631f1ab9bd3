package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.util.Optional;

/** Rolls a deployment back from the page of a run that was good: to what that run was given. */
final class RollbackButton {

    private RollbackButton() {}

    /** Whether the deployment runs something else by now than this good run gave it. */
    static boolean isPossible(Run<?, ?> build, StoredRunSummary facts) {
        return find(build, facts).isPresent();
    }

    private static Optional<Deployment> find(Run<?, ?> build, StoredRunSummary facts) {
        return DestroyButton.find(build, facts)
                .filter(deployment -> DestroyButton.isSame(deployment, facts) && deployment.canRollBackTo(facts.runId));
    }

    /**
     * Has it rolled back by a run that waits in the queue; the caller has checked the permission.
     *
     * @throws RefusedAction with a sentence for people, if there is no way back
     */
    static void ask(Run<?, ?> build, StoredRunSummary facts) throws InterruptedException {
        Deployment deployment =
                find(build, facts).orElseThrow(() -> new RefusedAction(Messages.ProvisionAction_NothingToRestore(facts.deployment)));
        RunSource.schedule(
                build.getParent().getFullName(), deployment, RunOrder.rollback(facts.deployment, facts.runId, null), build);
    }
}
