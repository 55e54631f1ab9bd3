package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.List;

/**
 * How Docker finds out whether a container works; Compose's {@code healthcheck}. Where a part is null, Docker's default holds.
 *
 * @param test {@code [NONE]}, {@code [CMD, word…]} or {@code [CMD-SHELL, line]}
 * @param interval between two checks, at least 1 ms
 * @param timeout of one check, at least 1 ms
 * @param retries failures in a row that make the container unhealthy, at least 1
 * @param startPeriod during which failures do not count, at least 1 ms
 */
public record ContainerHealthcheck(List<String> test, @CheckForNull Duration interval, @CheckForNull Duration timeout,
        @CheckForNull Integer retries, @CheckForNull Duration startPeriod) {
    public ContainerHealthcheck {
        test = List.copyOf(test);
        if (test.isEmpty()) {
            throw new IllegalArgumentException("healthcheck without a test");
        }
    }
}
