package io.jenkins.plugins.ec2docker.aws;

/** Says who AWS takes the holder of credentials for. */
public interface CallerIdentities {
    /** Needs no permission, so that a refusal is about the credentials or the way to AWS. */
    Identity check(SessionCredentials credentials) throws AwsRefusal;
}
