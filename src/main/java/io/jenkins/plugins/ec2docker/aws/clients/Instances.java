package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.Optional;

/** Looks at instances; changes nothing. */
public interface Instances {
    /** Empty if AWS does not know the id (any more). */
    Optional<InstanceDescription> describe(SessionCredentials credentials, String instanceId) throws AwsException;

    /** What EC2's checks say of it, whatever its state; empty if AWS does not know the id (any more). */
    Optional<StatusChecks> status(SessionCredentials credentials, String instanceId) throws AwsException;

    /** The newest console output that AWS has; empty if it does not know the instance. */
    Optional<ConsoleOutput> latestConsole(SessionCredentials credentials, String instanceId) throws AwsException;
}
