package io.jenkins.plugins.ec2docker.run.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Where states are to be. Counts for deployments that begin; those that exist stay where they are until they are moved.
 *
 * @param s3 null for the store's own directory alone
 * @param moves whether a run that provisions moves a deployment here that is elsewhere
 */
public record StateBackendSetting(@CheckForNull S3BackendSetting s3, boolean moves) {
    /** All stay where they are, and new ones have theirs in the store. */
    public static final StateBackendSetting STORE = new StateBackendSetting(null, false);
}
