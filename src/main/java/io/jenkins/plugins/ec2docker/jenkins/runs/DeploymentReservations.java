package io.jenkins.plugins.ec2docker.jenkins.runs;

import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deployments that something else than a run works on for a while, such as a drift check: runs of them wait meanwhile instead of failing on
 * the deployment's lock. Gone with the process, as whoever holds them is.
 */
public final class DeploymentReservations {

    /** What holds each, by job and deployment. */
    private final Map<String, String> held = new ConcurrentHashMap<>();

    /** Held until it is closed. */
    public interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /** @param released is run after the end */
    Optional<Claim> take(String job, String deployment, String what, Runnable released) {
        String key = key(job, deployment);
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

    /** Whether a deployment of the job is held. */
    boolean isOnAny(String job) {
        return held.keySet().stream().anyMatch(key -> key.startsWith(job + "\n"));
    }

    boolean isAny() {
        return !held.isEmpty();
    }

    private static String key(String job, String deployment) {
        return job + "\n" + deployment;
    }
}
