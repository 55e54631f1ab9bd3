package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
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
 * @param logged bytes that the run's own log had when that was written down; 0 in records of earlier versions
 */
public record ActiveRunRecord(
        String job,
        int build,
        String by,
        String node,
        String directory,
        @CheckForNull String credentialsId,
        String region,
        Deployment deployment,
        ProvisioningRun run,
        Map<String, Long> told,
        long logged,
        Instant started) {

    public ActiveRunRecord {
        told = Collections.unmodifiableMap(new LinkedHashMap<>(told));
    }

    @JsonIgnore
    public String runId() {
        return run.id();
    }

    /** What is not given is empty or null. */
    public static Builder builder(String job, int build, String by) {
        return new Builder(job, build, by);
    }

    public ActiveRunRecord with(ProvisioningRun now, Deployment known) {
        return toBuilder(job).run(now).deployment(known).build();
    }

    public ActiveRunRecord withTold(Map<String, Long> offsets, long bytesOfLog) {
        return toBuilder(job).told(offsets).logged(bytesOfLog).build();
    }

    public ActiveRunRecord inJob(String fullName) {
        return toBuilder(fullName).build();
    }

    private Builder toBuilder(String ofJob) {
        return builder(ofJob, build, by).agent(agent()).credentialsId(credentialsId).region(region).deployment(deployment).run(run)
                .told(told)
                .logged(logged)
                .started(started);
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

    /** A record in the making. */
    public static final class Builder {
        private final String job;
        private final int build;
        private final String by;
        private AgentDirectory agent;
        @CheckForNull
        private String credentialsId;
        private String region;
        private Deployment deployment;
        private ProvisioningRun run;
        private Map<String, Long> told = Map.of();
        private long logged;
        private Instant started;

        private Builder(String job, int build, String by) {
            this.job = job;
            this.build = build;
            this.by = by;
        }

        /** @param where Terraform works */
        public Builder agent(AgentDirectory where) {
            agent = where;
            return this;
        }

        public Builder credentialsId(@CheckForNull String id) {
            credentialsId = id;
            return this;
        }

        public Builder region(String code) {
            region = code;
            return this;
        }

        public Builder deployment(Deployment known) {
            deployment = known;
            return this;
        }

        public Builder run(ProvisioningRun now) {
            run = now;
            return this;
        }

        public Builder told(Map<String, Long> offsets) {
            told = offsets;
            return this;
        }

        public Builder logged(long bytesOfLog) {
            logged = bytesOfLog;
            return this;
        }

        public Builder started(Instant at) {
            started = at;
            return this;
        }

        public ActiveRunRecord build() {
            return new ActiveRunRecord(job, build, by, agent.node(), agent.directory(), credentialsId, region, deployment, run, told,
                    logged, started);
        }
    }
}
