package io.jenkins.plugins.ec2docker.provisioning;

import java.util.List;

/**
 * What came of a run.
 *
 * @param deployment as it is known now; for a plan of something new, one that is not in the store
 * @param stages how long each took; they overlap
 */
public record RunReport(Deployment deployment, Run run, Result result, List<StageTime> stages) {

    public RunReport {
        stages = List.copyOf(stages);
    }
}
