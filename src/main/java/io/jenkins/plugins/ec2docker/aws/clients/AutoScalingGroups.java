package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.Optional;

/** What Auto Scaling knows of a group. */
public interface AutoScalingGroups {

    /** Empty where AWS does not know it. */
    Optional<AutoScalingGroup> group(SessionCredentials credentials, String name) throws AwsException;

    /** The last one that was begun; empty where there was none. */
    Optional<AutoScalingGroup.Refresh> latestRefresh(SessionCredentials credentials, String name) throws AwsException;

    /** Why the last launch did not succeed, in AWS's words; empty where the last one did, or there is none. */
    Optional<String> latestFailure(SessionCredentials credentials, String name) throws AwsException;
}
