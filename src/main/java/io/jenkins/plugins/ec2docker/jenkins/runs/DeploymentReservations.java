package io.jenkins.plugins.ec2docker.jenkins.runs;

import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deployments that something else than a run works on for a while, such as a drift check: runs of them wait meanwhile instead of failing on
 * the deployment's lock. Gone with the process, as whoever holds them is.
 */
public final class DeploymentReservations {

    /** What holds each, by its directory, which stays the same however the job is renamed. */
    private final Map<Path, String> held = new ConcurrentHashMap<>();

    /** Held until it is closed. */
    public interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /** @param released is run after the end */
    Optional<Claim> take(String job, String deployment, String what, Runnable released) {
        Path key = key(job, deployment);
        if (held.putIfAbsent(key, what) != null) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            held.remove(key);
            released.run();
        });
    }

    /** What holds a deployment. */
    Optional<String> on(String job, String deployment) {
        return Optional.ofNullable(held.get(key(job, deployment)));
    }

    boolean isOn(ActiveRunRecord run) {
        return held.containsKey(key(run.job(), run.deployment().name()));
    }

    private static Path key(String job, String deployment) {
        return JobDeployments.directory(job).resolve(deployment);
    }
}
