package io.jenkins.plugins.ec2docker.aws.clients;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.List;
import java.util.Optional;

/** What ECS knows of a service and its tasks. */
public interface EcsServices {

    /** Empty where AWS does not know it. */
    Optional<EcsService> service(SessionCredentials credentials, String cluster, String service) throws AwsException;

    /**
     * Why tasks ended lately, in AWS's words with the containers' own reasons, the latest first; AWS forgets them after an hour.
     *
     * @param taskDefinition ARN of what the tasks ran
     */
    List<String> ends(SessionCredentials credentials, String cluster, String service, String taskDefinition) throws AwsException;

    /**
     * Deregisters all revisions of a task definition but one.
     *
     * @param family its name without a revision
     * @param kept ARN of the revision that stays; null for none
     */
    void deregister(SessionCredentials credentials, String family, @CheckForNull String kept) throws AwsException;
}
