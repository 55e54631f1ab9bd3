package io.jenkins.plugins.ec2docker.run.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * What a deployment's history keeps of a run.
 *
 * @param by who asked for it, as the shell knows them
 * @param ended null while the run is under way, or when it never came to its end
 * @param status {@link RunResult.Status} as text, or null like {@code ended}
 * @param message the run's last sentence, or null like {@code ended}
 * @param content tells by equality whether two runs were given the same (request and users file); null before something was applied
 * @param unsettled whether there may be something in AWS that the run created, but that its Terraform could not save
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
        boolean unsettled,
        String backTo) {

    public static RunSummary begin(String id, Purpose purpose, String by, Instant started) {
        return new RunSummary(id, purpose, by, started, null, null, null, null, false, null);
    }

    /** Whether it brought the deployment to a request, and that was verified: then one can come back to it. */
    @JsonIgnore
    public boolean isGood() {
        return purpose.provisions() && RunResult.Status.SUCCEEDED.text().equals(status);
    }

    RunSummary end(RunResult result, boolean unsaved, Instant at) {
        return new RunSummary(id, purpose, by, started, at, result.status().text(), result.message(), content, unsaved, backTo);
    }

    /** From here on the run may create something. */
    public RunSummary given(String digest) {
        return new RunSummary(id, purpose, by, started, ended, status, message, digest, true, backTo);
    }

    RunSummary settled() {
        return new RunSummary(id, purpose, by, started, ended, status, message, content, false, backTo);
    }

    public RunSummary backTo(String run) {
        return new RunSummary(id, purpose, by, started, ended, status, message, content, unsettled, run);
    }
}
