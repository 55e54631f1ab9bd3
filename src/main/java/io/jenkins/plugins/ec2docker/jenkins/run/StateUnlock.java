package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.S3StateAddress;
import io.jenkins.plugins.ec2docker.aws.StateCopy;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentLock;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.Identities;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.logging.Logger;

/** Gives a lock on a deployment's state in S3 free, for somebody who says that its holder is dead. Asks AWS, and so takes some seconds. */
public final class StateUnlock {

    private static final Logger LOGGER = Logger.getLogger(StateUnlock.class.getName());

    private StateUnlock() {}

    /**
     * @param job full name
     * @param lock the lock's id, as the run that found it named it; so none is given free that was taken meanwhile
     * @param who the person, for the record
     * @throws IOException if there is no such lock, or a run is at work that may be its holder; a sentence
     */
    public static void of(String job, String name, String lock, String who) throws IOException, AwsRefusal {
        Claims.Claim claim = LiveRuns.get().claim(job, name, "its state's lock is just being given free.")
                .orElseThrow(() -> new IOException("A run works on deployment \"" + name + "\", or waits to, and may hold the lock."));
        Clock clock = Clock.systemUTC();
        String id = Identities.newRunId(clock.instant());
        try (Claims.Claim held = claim) {
            DeploymentAccess access = DeploymentAccess.of(job, name);
            DeploymentStore store = access.store();
            try (DeploymentLock ours = store.lock(name, DeploymentLock.Holder.here(id, Purpose.PLAN, who, clock.instant()))) {
                Deployment deployment = store.find(name).orElseThrow(() -> new IOException("There is no deployment \"" + name + "\"."));
                S3StateAddress address = store.s3(deployment)
                        .orElseThrow(() -> new IOException("The state of deployment \"" + name + "\" is not in S3: nothing can be locked there."));
                ProvisionRequest request = store.request(name, deployment.appliedRun());
                new StateCopy(address, ControllerEnvironment.now()).unlock(access.session(request, id, who, clock, secret -> {}).keys(), lock.strip());
                LOGGER.info(() -> "Lock " + lock.strip() + " on the state of deployment " + name + " of " + job + " was given free by " + who + ".");
            } catch (DeploymentLock.Held e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
