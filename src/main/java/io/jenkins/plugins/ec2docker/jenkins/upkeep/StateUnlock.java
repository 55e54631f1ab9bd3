package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.state.RemoteState;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import io.jenkins.plugins.ec2docker.jenkins.credentials.DeploymentAccess;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
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
    public static void of(String job, String name, String lock, String who) throws IOException, AwsException {
        DeploymentReservations.Claim claim = ActiveRuns.get().claim(job, name, "its state's lock is just being given free.")
                .orElseThrow(() -> new IOException("A run works on deployment \"" + name + "\", or waits to, and may hold the lock."));
        Clock clock = Clock.systemUTC();
        String id = Ids.newRunId(clock.instant());
        try (DeploymentReservations.Claim held = claim) {
            DeploymentAccess access = DeploymentAccess.of(job, name);
            DeploymentStore store = access.store();
            try (DeploymentLock ours = store.lock(name, DeploymentLock.Holder.here(id, Purpose.PLAN, who, clock.instant()))) {
                Deployment deployment = store.find(name).orElseThrow(() -> new IOException("There is no deployment \"" + name + "\"."));
                S3StateAddress address = store.s3(deployment)
                        .orElseThrow(() -> new IOException(
                                "The state of deployment \"" + name + "\" is not in S3: nothing can be locked there."));
                ProvisionRequest request = store.request(name, deployment.lastApplied());
                new RemoteState(address, ControllerEnvironment.now()).unlock(access.session(request, id, who, clock, secret -> {}).keys(),
                        lock.strip());
                LOGGER.info(() -> "Lock " + lock.strip() + " on the state of deployment " + name + " of " + job + " was given free by "
                        + who + ".");
            } catch (DeploymentLock.Held e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
