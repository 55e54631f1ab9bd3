package io.jenkins.plugins.ec2docker.aws;

import java.util.List;
import java.util.Optional;

/** Looks at instances; changes nothing. */
public interface Instances {
    /** Empty if AWS does not know the id (any more). */
    Optional<InstanceView> describe(SessionCredentials credentials, String instanceId) throws AwsRefusal;

    /** What EC2's checks say of it, whatever its state; empty if AWS does not know the id (any more). */
    Optional<StatusChecks> status(SessionCredentials credentials, String instanceId) throws AwsRefusal;

    /** All instances of the region that carry this tag, the {@link InstanceView#gone() gone} ones included; in no order. */
    List<InstanceView> tagged(SessionCredentials credentials, String key, String value) throws AwsRefusal;

    /** The newest console output that AWS has; empty if it does not know the instance. */
    Optional<ConsoleOutput> latestConsole(SessionCredentials credentials, String instanceId) throws AwsRefusal;
}
