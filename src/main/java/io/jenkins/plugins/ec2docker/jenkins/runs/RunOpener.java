package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.run.RunSteps;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import java.io.IOException;

/**
 * The moment when it is a run's turn: it takes the deployment's lock and finds the deployment as those before it have left it. Nothing that
 * was known of the deployment earlier counts any more.
 */
@FunctionalInterface
interface RunOpener {

    /**
     * Takes the lock.
     *
     * @param record as the run has waited
     * @throws IOException if the deployment cannot be worked on, with a sentence why; then nothing is held
     */
    Begun at(ActiveRunRecord record) throws IOException;

    /**
     * A run with the lock in hand.
     *
     * @param needless what there is to tell where there is nothing to do, else null
     */
    record Begun(ActiveRunRecord record, @CheckForNull RunSteps steps, DeploymentLock lock, @CheckForNull RunReport needless) {}
}
