package io.jenkins.plugins.ec2docker.aws;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks STS GetCallerIdentity. */
public final class CallerIdentity implements CallerIdentities {
    private final AwsSettings settings;

    public CallerIdentity(AwsSettings settings) {
        this.settings = settings;
    }

    @Override
    public Identity check(SessionCredentials credentials) throws AwsRefusal {
        try (StsClient sts = new AwsClients(settings).sts(credentials)) {
            GetCallerIdentityResponse answer =
                    new Attempt(settings, credentials, "sts:GetCallerIdentity").ask(sts::getCallerIdentity);
            return new Identity(answer.account(), answer.arn(), answer.userId());
        }
    }
}
