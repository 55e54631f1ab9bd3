package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.AbortException;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;

/**
 * Whose run it is: that of a build, whose records it joins and in whose name it works, or, where no build is left, Jenkins' own for a job that
 * may be gone.
 *
 * @param job full name
 * @param context where credentials are looked up, see {@link Builds#context}
 * @param build null for none
 * @param who the person or what else wants it, for the record
 */
record RunHome(String job, Item context, hudson.model.Run<?, ?> build, String who) {

    static RunHome of(hudson.model.Run<?, ?> build, String who) {
        return new RunHome(build.getParent().getFullName(), build.getParent(), build, who);
    }

    static RunHome without(String job, String who) {
        return new RunHome(job, Builds.context(job), null, who);
    }

    /** Of the build; 0 for none. */
    int number() {
        return build == null ? 0 : build.getNumber();
    }

    RunRecords records(String runId) {
        return build == null ? RunRecords.withoutBuild(job, runId) : RunRecords.of(build, runId);
    }

    /** @throws AbortException if the job may not do this at all; Jenkins itself always may */
    void requirePermission(Purpose purpose) throws AbortException {
        String refusal = build == null ? null : SystemSettings.get().refusal(purpose, build.getParent()).orElse(null);
        if (refusal != null) {
            throw new AbortException(refusal);
        }
    }

    /** @throws AbortException if the credentials may not be used */
    void requireCredentials(String id) throws AbortException {
        String refusal = JenkinsCredentials.refusal(id, context, build).orElse(null);
        if (refusal != null) {
            throw new AbortException(refusal);
        }
    }
}
