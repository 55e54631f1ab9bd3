package io.jenkins.plugins.ec2docker.aws.cleanup;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.List;

/** What carries this product's tags beyond what {@link ResourceCleanup} finds: that of the blueprints of several instances or tasks. */
public interface TaggedResources {

    /** None at all. */
    TaggedResources NONE = new TaggedResources() {
        @Override
        public List<TaggedResource> find(SessionCredentials credentials) {
            return List.of();
        }

        @Override
        public boolean remove(SessionCredentials credentials, TaggedResource resource) {
            throw new IllegalArgumentException("nobody here removes " + resource);
        }
    };

    /** All of the region, and of CloudFront and its like, each of a kind that is {@link ResourceKind#isByArn}, by its ARN. */
    List<TaggedResource> find(SessionCredentials credentials) throws AwsException;

    /**
     * Removes one, with what AWS does not let stand alone, such as the policies of a service's scaling. Does not wait for what takes AWS
     * long: then it refuses by {@link AwsException.Reason#IN_USE}, and the same call again tells how far it is.
     *
     * @param resource of a kind that neither is data nor {@link ResourceKind#OTHER}
     * @return false if it was gone already
     */
    boolean remove(SessionCredentials credentials, TaggedResource resource) throws AwsException;
}
