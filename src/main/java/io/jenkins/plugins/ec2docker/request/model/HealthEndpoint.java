package io.jenkins.plugins.ec2docker.request.model;

import java.time.Duration;
import java.util.Objects;

/**
 * What is asked over HTTP before a run counts as done.
 *
 * @param port TCP port on the instance that some container publishes
 * @param path path and query, beginning with {@code /}
 * @param timeout how long to keep asking, 10 s to 1 h
 */
public record HealthEndpoint(int port, String path, Duration timeout) {
    public HealthEndpoint {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(timeout, "timeout");
    }
}
