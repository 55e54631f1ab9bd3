package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.credentials.JenkinsCredentials;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.util.Optional;

/**
 * Whose run it is: that of a build, whose records it joins and in whose name it works, or, where no build is left, Jenkins' own for a job that
 * may be gone.
 *
 * @param job full name
 * @param context where credentials are looked up, see {@link Builds#context}
 * @param build null for none
 * @param who the person or what else wants it, for the record
 */
public record RunOwner(String job, @CheckForNull Item context, @CheckForNull hudson.model.Run<?, ?> build, String who) {

    public static RunOwner of(hudson.model.Run<?, ?> build, String who) {
        return new RunOwner(build.getParent().getFullName(), build.getParent(), build, who);
    }

    public static RunOwner without(String job, String who) {
        return new RunOwner(job, Builds.context(job), null, who);
    }

    /** Of the build; 0 for none. */
    int number() {
        return build == null ? 0 : build.getNumber();
    }

    BuildRunFiles records(String runId) {
        return build == null ? BuildRunFiles.withoutBuild(job, runId) : BuildRunFiles.of(build, runId);
    }

    /** @throws AbortException if the job may not do this at all; Jenkins itself always may */
    void requirePermission(Purpose purpose) throws AbortException {
        String refusal = build == null ? null : SystemSettings.get().refusal(purpose, build.getParent()).orElse(null);
        if (refusal != null) {
            throw new AbortException(refusal);
        }
    }

    /** @throws AbortException if the credentials may not be used */
    void requireCredentials(@CheckForNull String id) throws AbortException {
        refuse(JenkinsCredentials.refusal(id, context, build));
    }

    /** @throws AbortException if Terraform on this agent may not work with the credentials for a request */
    void requireCredentials(@CheckForNull String id, AgentDirectory agent, ProvisionRequest request) throws AbortException {
        if (!agent.onController()) {
            refuse(JenkinsCredentials.refusalOnAgent(id, context, build, request.role() != null));
        }
    }

    private static void refuse(Optional<String> refusal) throws AbortException {
        if (refusal.isPresent()) {
            throw new AbortException(refusal.get());
        }
    }
}
