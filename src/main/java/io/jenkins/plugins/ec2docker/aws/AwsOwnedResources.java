package io.jenkins.plugins.ec2docker.aws;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal.Reason;
import java.util.ArrayList;
import java.util.List;

/** EC2's and IAM's together. */
public final class AwsOwnedResources implements OwnedResources {
    private final OwnedInEc2 ec2;
    private final OwnedInIam iam;

    public AwsOwnedResources(AwsSettings settings) {
        this.ec2 = new OwnedInEc2(settings);
        this.iam = new OwnedInIam(settings);
    }

    @Override
    public List<OwnedResource> find(SessionCredentials credentials) throws AwsRefusal {
        return find(credentials, null);
    }

    @Override
    public List<OwnedResource> find(SessionCredentials credentials, String name) throws AwsRefusal {
        List<OwnedResource> found = new ArrayList<>(ec2.find(credentials, name));
        found.addAll(iam.find(credentials, name));
        return List.copyOf(found);
    }

    @Override
    public void remove(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal, InterruptedException {
        try {
            switch (resource.kind()) {
                case INSTANCE_PROFILE, ROLE -> iam.remove(credentials, resource);
                default -> ec2.remove(credentials, resource);
            }
        } catch (AwsRefusal refusal) {
            if (refusal.reason() != Reason.NOT_FOUND) {
                throw refusal;
            }
        }
    }
}
