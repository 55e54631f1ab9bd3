package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
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
        @CheckForNull String deploymentId,
        String region,
        String node,
        @CheckForNull Instant agentAway,
        ProvisioningRun run,
        List<StageTime> stages,
        Progress progress,
        @CheckForNull PlanSummary plan,
        Map<String, JsonNode> outputs,
        @CheckForNull Instant expires,
        @CheckForNull RunResult result,
        Instant started,
        @CheckForNull Instant ended) {

    public RunSnapshot {
        stages = List.copyOf(stages);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** What is not given is empty or null, but for the plan, which is the run's. */
    public static Builder builder(ProvisioningRun run) {
        return new Builder(run);
    }

    @JsonIgnore
    public boolean isOver() {
        return result != null;
    }

    /** A snapshot in the making. */
    public static final class Builder {
        private final ProvisioningRun run;
        private String job;
        private int build;
        private String by;
        private String deployment;
        @CheckForNull
        private String deploymentId;
        private String region;
        private String node = "";
        @CheckForNull
        private Instant agentAway;
        private List<StageTime> stages = List.of();
        private Progress progress;
        @CheckForNull
        private PlanSummary plan;
        private Map<String, JsonNode> outputs = Map.of();
        @CheckForNull
        private Instant expires;
        @CheckForNull
        private RunResult result;
        private Instant started;
        @CheckForNull
        private Instant ended;

        private Builder(ProvisioningRun run) {
            this.run = run;
            this.plan = run.plan().orElse(null);
        }

        /** @param who asked for it */
        public Builder job(String fullName, int number, String who) {
            job = fullName;
            build = number;
            by = who;
            return this;
        }

        public Builder deployment(String name, String id, String itsRegion) {
            deployment = name;
            deploymentId = id;
            region = itsRegion;
            return this;
        }

        public Builder node(String name) {
            node = name;
            return this;
        }

        public Builder agentAway(@CheckForNull Instant since) {
            agentAway = since;
            return this;
        }

        public Builder stages(List<StageTime> begun) {
            stages = begun;
            return this;
        }

        public Builder progress(Progress made) {
            progress = made;
            return this;
        }

        public Builder plan(PlanSummary reviewed) {
            plan = reviewed;
            return this;
        }

        public Builder outputs(Map<String, JsonNode> told) {
            outputs = told;
            return this;
        }

        public Builder expires(@CheckForNull Instant end) {
            expires = end;
            return this;
        }

        public Builder result(RunResult reached) {
            result = reached;
            return this;
        }

        public Builder started(Instant at) {
            started = at;
            return this;
        }

        public Builder ended(Instant at) {
            ended = at;
            return this;
        }

        public RunSnapshot build() {
            return new RunSnapshot(run.id(), job, build, by, run.purpose(), deployment, deploymentId, region, node, agentAway, run, stages,
                    progress, plan, outputs, expires, result, started, ended);
        }
    }
}
