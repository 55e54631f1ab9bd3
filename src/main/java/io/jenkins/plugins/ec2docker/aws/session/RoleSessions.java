package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;

/** Turns the caller's credentials into a session of a role. */
public interface RoleSessions {
    /**
     * @param base the caller's own credentials
     * @return the session, with notes on what differs from the request: a shorter duration, no tags
     */
    AssumedRole assume(SessionCredentials base, RoleSessionRequest request) throws AwsException;
}
