package io.jenkins.plugins.ec2docker.aws;

import java.util.Optional;

/** What Auto Scaling knows of a group. */
public interface ScalingGroups {

    /** Empty where AWS does not know it. */
    Optional<ScalingGroup> group(SessionCredentials credentials, String name) throws AwsRefusal;

    /** The last one that was begun; empty where there was none. */
    Optional<ScalingGroup.Refresh> latestRefresh(SessionCredentials credentials, String name) throws AwsRefusal;

    /** Why the last launch did not succeed, in AWS's words; empty where the last one did, or there is none. */
    Optional<String> latestFailure(SessionCredentials credentials, String name) throws AwsRefusal;
}
