package io.jenkins.plugins.ec2docker.aws.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import java.util.ArrayList;
import java.util.List;

/** EC2's and IAM's together. */
public final class Ec2AndIamResources implements ResourceCleanup {
    private final Ec2Cleanup ec2;
    private final IamCleanup iam;

    public Ec2AndIamResources(AwsSettings settings) {
        this.ec2 = new Ec2Cleanup(settings);
        this.iam = new IamCleanup(settings);
    }

    @Override
    public List<TaggedResource> find(SessionCredentials credentials) throws AwsException {
        return find(credentials, null);
    }

    @Override
    public List<TaggedResource> find(SessionCredentials credentials, @CheckForNull String name) throws AwsException {
        List<TaggedResource> found = new ArrayList<>(ec2.find(credentials, name));
        found.addAll(iam.find(credentials, name));
        return List.copyOf(found);
    }

    @Override
    public void remove(SessionCredentials credentials, TaggedResource resource) throws AwsException, InterruptedException {
        try {
            switch (resource.kind()) {
                case INSTANCE_PROFILE, ROLE -> iam.remove(credentials, resource);
                default -> ec2.remove(credentials, resource);
            }
        } catch (AwsException refusal) {
            if (refusal.reason() != Reason.NOT_FOUND) {
                throw refusal;
            }
        }
    }
}
