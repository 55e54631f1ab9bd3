package io.jenkins.plugins.ec2docker.aws;

import software.amazon.awssdk.services.ec2.Ec2Client;

/** Starts and stops instances. Both return as soon as EC2 has taken the order; an instance that is so already is no failure. */
public final class Ec2Power {
    private final AwsSettings settings;

    public Ec2Power(AwsSettings settings) {
        this.settings = settings;
    }

    /** One that is just stopping cannot be started yet: that is a refusal. */
    public void start(SessionCredentials credentials, String instanceId) throws AwsRefusal {
        try (Ec2Client ec2 = new AwsClients(settings).ec2(credentials)) {
            new Attempt(settings, credentials, "ec2:StartInstances").ask(() -> ec2.startInstances(request -> request.instanceIds(instanceId)));
        }
    }

    public void stop(SessionCredentials credentials, String instanceId) throws AwsRefusal {
        try (Ec2Client ec2 = new AwsClients(settings).ec2(credentials)) {
            new Attempt(settings, credentials, "ec2:StopInstances").ask(() -> ec2.stopInstances(request -> request.instanceIds(instanceId)));
        }
    }
}
