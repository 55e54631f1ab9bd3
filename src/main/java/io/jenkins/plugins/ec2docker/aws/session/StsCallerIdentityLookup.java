package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks STS GetCallerIdentity. */
public final class StsCallerIdentityLookup implements CallerIdentityLookup {
    private final AwsSettings settings;

    public StsCallerIdentityLookup(AwsSettings settings) {
        this.settings = settings;
    }

    @Override
    public CallerIdentity check(SessionCredentials credentials) throws AwsException {
        try (StsClient sts = new AwsClientFactory(settings).sts(credentials)) {
            GetCallerIdentityResponse answer =
                    new AwsCall(settings, credentials, "sts:GetCallerIdentity").ask(sts::getCallerIdentity);
            return new CallerIdentity(answer.account(), answer.arn(), answer.userId());
        }
    }
}
