package io.jenkins.plugins.ec2docker.run.config;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;

/** Where a run's own credentials come from, before any role is assumed: the environment, or the Jenkins credentials store. */
@FunctionalInterface
public interface CredentialsSource {

    /** Asked anew whenever a session has to be opened, because what it gives may expire. */
    SessionCredentials find() throws AwsException;
}
