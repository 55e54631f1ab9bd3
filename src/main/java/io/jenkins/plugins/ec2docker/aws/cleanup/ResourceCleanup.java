package io.jenkins.plugins.ec2docker.aws.cleanup;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.List;

/** Everything of this product's that is in an account, whoever of its installations made it. */
public interface ResourceCleanup {

    /** All of the region, and of the account where it is no region's; what is being terminated is not among them. */
    List<TaggedResource> find(SessionCredentials credentials) throws AwsException;

    /**
     * The same, of the deployments of one name alone, which may spare most of the asking.
     *
     * @param name what their tag {@code ec2-docker:name} says
     */
    default List<TaggedResource> find(SessionCredentials credentials, String name) throws AwsException {
        return find(credentials).stream().filter(resource -> resource.name().equals(name)).toList();
    }

    /** Removes one, and waits for it where others can only go after it. What is gone already is no failure. */
    void remove(SessionCredentials credentials, TaggedResource resource) throws AwsException, InterruptedException;
}
