package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has to be known of a run under way for another process to take it up. Holds no secret; the request is kept beside it, sealed.
 *
 * @param job full name of the job whose deployment it is
 * @param build number of the build whose records it writes
 * @param node see {@link AgentDirectory}
 * @param directory see {@link AgentDirectory}
 * @param credentialsId null for the controller's own
 * @param deployment as it is known now
 * @param region of the request
 * @param told how much of each action's output has been told, by the action's name in lower case
 */
public record ActiveRunRecord(
        String job,
        int build,
        String by,
        String node,
        String directory,
        String credentialsId,
        String region,
        Deployment deployment,
        ProvisioningRun run,
        Map<String, Long> told,
        Instant started) {

    public ActiveRunRecord {
        told = Collections.unmodifiableMap(new LinkedHashMap<>(told));
    }

    @JsonIgnore
    public String runId() {
        return run.id();
    }

    public ActiveRunRecord with(ProvisioningRun now, Deployment known) {
        return new ActiveRunRecord(job, build, by, node, directory, credentialsId, region, known, now, told, started);
    }

    public ActiveRunRecord withTold(Map<String, Long> offsets) {
        return new ActiveRunRecord(job, build, by, node, directory, credentialsId, region, deployment, run, offsets, started);
    }

    public ActiveRunRecord inJob(String fullName) {
        return new ActiveRunRecord(fullName, build, by, node, directory, credentialsId, region, deployment, run, told, started);
    }

    /** Whether both are of the same deployment. */
    public boolean isOfDeployment(ActiveRunRecord other) {
        return job.equals(other.job) && deployment.name().equals(other.deployment.name());
    }

    /** Whether this one was asked for first. */
    public boolean isBefore(ActiveRunRecord other) {
        int order = started.compareTo(other.started);
        return order < 0 || order == 0 && runId().compareTo(other.runId()) < 0;
    }

    @JsonIgnore
    public AgentDirectory agent() {
        return new AgentDirectory(node, directory);
    }
}
