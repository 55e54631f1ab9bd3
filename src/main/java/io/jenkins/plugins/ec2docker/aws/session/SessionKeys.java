package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;

/** The keys that a run or a task works with, current at each call: a long wait may outlive the keys it began with. */
@FunctionalInterface
public interface SessionKeys {

    /** Keys for a call that is made now. */
    SessionCredentials get() throws AwsException;
}
