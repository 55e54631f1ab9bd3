package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;

/** Says who AWS takes the holder of credentials for. */
public interface CallerIdentityLookup {
    /** Needs no permission, so that a refusal is about the credentials or the way to AWS. */
    CallerIdentity check(SessionCredentials credentials) throws AwsException;
}
