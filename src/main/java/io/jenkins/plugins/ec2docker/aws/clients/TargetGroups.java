package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.List;

/** What Elastic Load Balancing knows of the targets behind a load balancer. */
public interface TargetGroups {

    /** All that are registered in a target group. */
    List<TargetHealth> targets(SessionCredentials credentials, String targetGroupArn) throws AwsException;
}
