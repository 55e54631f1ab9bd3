package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * What a deployment's history keeps of a run.
 *
 * @param by who asked for it, as the shell knows them
 * @param ended null while the run is under way, or when it never came to its end
 * @param status {@link Result.Status} as text, or null like {@code ended}
 * @param message the run's last sentence, or null like {@code ended}
 * @param content tells by equality whether two runs were given the same (request and users file); null before something was applied
 * @param backTo the run whose request a rollback brings back; null for every other run
 */
public record RunSummary(
        String id,
        Purpose purpose,
        String by,
        Instant started,
        Instant ended,
        String status,
        String message,
        String content,
        String backTo) {

    static RunSummary begin(String id, Purpose purpose, String by, Instant started) {
        return new RunSummary(id, purpose, by, started, null, null, null, null, null);
    }

    /** Whether it brought the deployment to a request, and that was verified: then one can come back to it. */
    @JsonIgnore
    public boolean isGood() {
        return purpose.provisions() && Result.Status.SUCCEEDED.text().equals(status);
    }

    RunSummary end(Result result, Instant at) {
        return new RunSummary(id, purpose, by, started, at, result.status().text(), result.message(), content, backTo);
    }

    RunSummary given(String digest) {
        return new RunSummary(id, purpose, by, started, ended, status, message, digest, backTo);
    }

    RunSummary backTo(String run) {
        return new RunSummary(id, purpose, by, started, ended, status, message, content, run);
    }
}
