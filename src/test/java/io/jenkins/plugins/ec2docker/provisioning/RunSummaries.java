package io.jenkins.plugins.ec2docker.provisioning;

import java.time.Instant;

/** Runs for histories of tests. */
final class RunSummaries {

    private RunSummaries() {}

    static RunSummary begun(String id, Instant at) {
        return RunSummary.begin(id, Purpose.PROVISION, "alice", at);
    }
}
