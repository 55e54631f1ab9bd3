package io.jenkins.plugins.ec2docker.provisioning;

import java.time.Instant;

/**
 * What a deployment's history keeps of a run.
 *
 * @param by who asked for it, as the shell knows them
 * @param ended null while the run is under way, or when it never came to its end
 * @param status {@link Result.Status} as text, or null like {@code ended}
 * @param message the run's last sentence, or null like {@code ended}
 */
public record RunSummary(String id, Purpose purpose, String by, Instant started, Instant ended, String status, String message) {

    RunSummary end(Result result, Instant at) {
        return new RunSummary(id, purpose, by, started, at, result.status().text(), result.message());
    }
}
