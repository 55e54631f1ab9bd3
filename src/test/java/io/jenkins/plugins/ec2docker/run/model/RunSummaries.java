package io.jenkins.plugins.ec2docker.run.model;

import java.time.Instant;

/** Runs for histories of tests. */
public final class RunSummaries {

    private RunSummaries() {}

    public static RunSummary begun(String id, Instant at) {
        return RunSummary.begin(id, Purpose.PROVISION, "alice", at);
    }
}
