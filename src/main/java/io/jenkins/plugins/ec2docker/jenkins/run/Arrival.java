package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.provisioning.DeploymentLock;
import io.jenkins.plugins.ec2docker.provisioning.RunReport;
import io.jenkins.plugins.ec2docker.provisioning.RunSteps;
import java.io.IOException;

/**
 * The moment when it is a run's turn: it takes the deployment's lock and finds the deployment as those before it have left it. Nothing that
 * was known of the deployment earlier counts any more.
 */
@FunctionalInterface
interface Arrival {

    /**
     * Takes the lock.
     *
     * @param record as the run has waited
     * @throws IOException if the deployment cannot be worked on, with a sentence why; then nothing is held
     */
    Begun at(LiveRecord record) throws IOException;

    /**
     * A run with the lock in hand.
     *
     * @param needless what there is to tell where there is nothing to do, else null
     */
    record Begun(LiveRecord record, RunSteps steps, DeploymentLock lock, RunReport needless) {}
}
