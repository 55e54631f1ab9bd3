package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Destroys from a page what a run has made: that very deployment, not a later one that has got its name. */
final class DestroyButton {

    private static final Logger LOGGER = Logger.getLogger(DestroyButton.class.getName());

    private DestroyButton() {}

    /** Whether AWS holds something of the deployment, as far as its state knows. */
    static boolean isPossible(Run<?, ?> build, StoredRunSummary facts) {
        return find(build, facts).filter(deployment -> isSame(deployment, facts) && !deployment.isGone()).isPresent();
    }

    /**
     * Has it destroyed by a run that waits in the queue; the caller has checked the permission.
     *
     * @throws RefusedAction with a sentence for people, if there is nothing to destroy
     */
    static void ask(Run<?, ?> build, StoredRunSummary facts) throws IOException, InterruptedException {
        Deployment deployment = JobDeployments.of(build.getParent()).find(facts.deployment).orElse(null);
        if (deployment == null || deployment.isGone()) {
            throw new RefusedAction(Messages.ProvisionAction_NothingToDestroy(facts.deployment));
        }
        if (!isSame(deployment, facts)) {
            throw new RefusedAction(Messages.ProvisionAction_AnotherDeployment(facts.deployment));
        }
        RunSource.schedule(build.getParent().getFullName(), deployment, RunOrder.destroy(facts.deployment, null), build);
    }

    static boolean isSame(Deployment deployment, StoredRunSummary facts) {
        return facts.deploymentId == null || facts.deploymentId.equals(deployment.id());
    }

    static Optional<Deployment> find(Run<?, ?> build, StoredRunSummary facts) {
        try {
            return JobDeployments.of(build.getParent()).find(facts.deployment);
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "Deployment " + facts.deployment + " of " + build.getParent() + " could not be read");
            return Optional.empty();
        }
    }
}
