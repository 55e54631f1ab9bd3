package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run stands at one moment: all that a page shows of it. Immutable, holds no secret, is kept as JSON with the build.
 *
 * @param runId names the run for good
 * @param job full name of the job that it was started from
 * @param build number of the build that it was started from
 * @param by who asked for it, such as {@code alice (team/web #17)}
 * @param deployment name of the deployment
 * @param deploymentId what its resources in AWS are tagged with; null before the run has begun with it
 * @param region AWS region
 * @param node name of the agent on which Terraform works; empty for the built-in node
 * @param agentAway since when the agent cannot be reached; null while it can
 * @param run the engine's own record of what was done and what is next
 * @param stages that have begun, with their times up to the moment of this view
 * @param progress resources done and under way of the Terraform command that runs now or ran last
 * @param plan what Terraform is going to do or has done; null before the review
 * @param outputs what the deployment tells (public_ip, instance_id, url …); empty before success
 * @param expires when the deployment may be destroyed, or null
 * @param result null while the run is under way
 * @param started when it was asked for
 * @param ended null while the run is under way
 */
public record RunSnapshot(
        String runId,
        String job,
        int build,
        String by,
        Purpose purpose,
        String deployment,
        String deploymentId,
        String region,
        String node,
        Instant agentAway,
        ProvisioningRun run,
        List<StageTime> stages,
        Progress progress,
        PlanSummary plan,
        Map<String, JsonNode> outputs,
        Instant expires,
        RunResult result,
        Instant started,
        Instant ended) {

    public RunSnapshot {
        stages = List.copyOf(stages);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    @JsonIgnore
    public boolean isOver() {
        return result != null;
    }
}
