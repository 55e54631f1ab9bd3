package io.jenkins.plugins.ec2docker.jenkins.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.Run;
import java.time.Instant;
import java.util.Map;

/**
 * What has to be known of a run under way for another process to take it up. Holds no secret; the request is kept beside it, sealed.
 *
 * @param job full name of the job whose deployment it is
 * @param build number of the build whose records it writes
 * @param node see {@link Agent}
 * @param directory see {@link Agent}
 * @param credentialsId null for the controller's own
 * @param deployment as it is known now
 * @param region of the request
 * @param told how much of each action's output has been told, by the action's name in lower case
 */
record LiveRecord(
        String job,
        int build,
        String by,
        String node,
        String directory,
        String credentialsId,
        String region,
        Deployment deployment,
        Run run,
        Map<String, Long> told,
        Instant started) {

    LiveRecord {
        told = Map.copyOf(told);
    }

    @JsonIgnore
    String runId() {
        return run.id();
    }

    LiveRecord with(Run now, Deployment known) {
        return new LiveRecord(job, build, by, node, directory, credentialsId, region, known, now, told, started);
    }

    LiveRecord withTold(Map<String, Long> offsets) {
        return new LiveRecord(job, build, by, node, directory, credentialsId, region, deployment, run, offsets, started);
    }

    LiveRecord inJob(String fullName) {
        return new LiveRecord(fullName, build, by, node, directory, credentialsId, region, deployment, run, told, started);
    }

    /** Whether both are of the same deployment. */
    boolean isOfDeployment(LiveRecord other) {
        return job.equals(other.job) && deployment.name().equals(other.deployment.name());
    }

    /** Whether this one was asked for first. */
    boolean isBefore(LiveRecord other) {
        int order = started.compareTo(other.started);
        return order < 0 || order == 0 && runId().compareTo(other.runId()) < 0;
    }

    @JsonIgnore
    Agent agent() {
        return new Agent(node, directory);
    }
}
