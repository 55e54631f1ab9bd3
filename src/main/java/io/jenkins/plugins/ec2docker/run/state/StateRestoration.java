package io.jenkins.plugins.ec2docker.run.state;

import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateSummary;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Brings an earlier state version back, with the deployment's lock in hand: the next run works with it. Changes nothing in AWS.
 *
 * <p>The record says first that nobody knows for sure what is in AWS, and only then the version is there: whoever is killed in between
 * leaves a deployment that can be destroyed or provisioned again, never one that counts as gone while its state knows something.
 */
public final class StateRestoration {

    private final DeploymentStore store;
    private final Duration grace;
    private final String who;
    private final Clock clock;
    private final Consumer<String> notes;

    /**
     * @param grace how long a Terraform that a killed run left may take to save
     * @param who the person, as the shell knows them
     * @param notes is told sentences for people
     */
    public StateRestoration(DeploymentStore store, Duration grace, String who, Clock clock, Consumer<String> notes) {
        this.store = store;
        this.grace = grace;
        this.who = who;
        this.clock = clock;
        this.notes = notes;
    }

    /** Why a version cannot be brought back; the message is for people. */
    public static final class NotRestored extends Exception {
        private static final long serialVersionUID = 1L;

        NotRestored(String message) {
            super(message);
        }
    }

    /**
     * @param number of the version to bring back
     * @return the new, latest version
     * @throws NotRestored if there is no such deployment or version, or the version is none to go on from
     * @throws DeploymentLock.Held if a run is at work on it
     */
    public StateVersions.Version of(String name, int number) throws IOException, InterruptedException, DeploymentLock.Held, NotRestored {
        if (store.find(name).isEmpty()) {
            throw new NotRestored("There is no deployment \"" + name + "\".");
        }
        Instant now = clock.instant();
        try (DeploymentLock lock = store.lock(name, DeploymentLock.Holder.here(Ids.newRunId(now), Purpose.ROLLBACK, who, now))) {
            new CrashRecovery(store, grace, notes).of(name);
            Deployment known = store.find(name).orElseThrow();
            StateVersions versions = store.states(name);
            StateVersions.Version earlier = versions.find(number)
                    .orElseThrow(() -> new NotRestored("Deployment \"" + name + "\" has no state version " + number + "."));
            requireOfUse(known, versions, earlier);
            store.save(known.unsure(now));
            return versions.restore(earlier);
        }
    }

    private static void requireOfUse(Deployment deployment, StateVersions versions, StateVersions.Version version)
            throws IOException, NotRestored {
        String which = "State version " + version.number() + " of deployment \"" + deployment.name() + "\"";
        if (versions.latest().filter(version::equals).isPresent()) {
            throw new NotRestored(which + " is the latest already.");
        }
        StateSummary summary = StateSummary.of(versions, version);
        Integer resources = summary.resources();
        if (resources == null) {
            throw new NotRestored(which + " is no state that Terraform could read. Choose another one.");
        }
        if (resources == 0) {
            throw new NotRestored(
                    which + " knows of nothing in AWS: with it, what is there would only be forgotten. To remove what is there,"
                            + " destroy the deployment.");
        }
        boolean ofAnEarlierOne = deployment.run(version.runId()).filter(run -> run.started().isBefore(deployment.created())).isPresent();
        if (ofAnEarlierOne) {
            throw new NotRestored(which + " is of an earlier deployment of that name, which was destroyed before this one was made.");
        }
    }
}
