package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Ids;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Puts a deployment's end off, with its lock in hand. */
public final class ExpiryExtension {

    private final DeploymentStore store;
    private final Guardrails guardrails;
    private final String who;
    private final Clock clock;

    /** @param who the person, as the shell knows them */
    public ExpiryExtension(DeploymentStore store, Guardrails guardrails, String who, Clock clock) {
        this.store = store;
        this.guardrails = guardrails;
        this.who = who;
        this.clock = clock;
    }

    /**
     * Puts the end off.
     *
     * @return the deployment with its new end
     * @throws IllegalArgumentException if there is no deployment of that name
     * @throws DeploymentLock.Held if a run is at work on it
     * @throws Expiry.NotExtended if that is not allowed, or there is no end
     */
    public Deployment of(String name, Duration by) throws IOException, DeploymentLock.Held, Expiry.NotExtended {
        Deployment asked = known(name);
        Instant now = clock.instant();
        DeploymentLock.Holder holder = DeploymentLock.Holder.here(Ids.newRunId(now), Purpose.PROVISION, who, now);
        try (DeploymentLock lock = store.lock(asked.name(), holder)) {
            Deployment known = known(name);
            Deployment extended = known.until(Expiry.extended(known, by, now, guardrails), now);
            store.save(extended);
            return extended;
        }
    }

    private Deployment known(String name) throws IOException {
        return store.find(name).orElseThrow(() -> new IllegalArgumentException("There is no deployment \"" + name + "\"."));
    }
}
