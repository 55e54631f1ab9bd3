package io.jenkins.plugins.ec2docker.run.model;

import java.util.List;

/**
 * What came of a run.
 *
 * @param deployment as it is known now; for a plan of something new, one that is not in the store
 * @param stages how long each took; they overlap
 */
public record RunReport(Deployment deployment, ProvisioningRun run, RunResult result, List<StageTime> stages) {

    public RunReport {
        stages = List.copyOf(stages);
    }
}
