package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;

/** Where a run's own credentials come from, before any role is assumed: the environment, or the Jenkins credentials store. */
@FunctionalInterface
public interface CredentialsSource {

    /** Asked anew whenever a session has to be opened, because what it gives may expire. */
    SessionCredentials find() throws AwsRefusal;
}
