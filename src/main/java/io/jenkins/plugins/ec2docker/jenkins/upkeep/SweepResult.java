package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import io.jenkins.plugins.ec2docker.upkeep.sweep.OrphanedResource;
import java.time.Instant;
import java.util.List;

/**
 * What a sweep of this Jenkins found.
 *
 * @param acting whether it did something with what it found, or only looked
 * @param problems places that could not be looked at, and why, each a sentence
 */
public record SweepResult(Instant at, String by, boolean acting, List<Finding> findings, List<String> problems) {

    public SweepResult {
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
    }

    /** @param job full name of the job whose run made it, which may be gone */
    public record Finding(String job, String account, String region, OrphanedResource item) {}
}
