package io.jenkins.plugins.ec2docker.aws;

import java.util.List;

/** What carries this product's tags beyond what {@link OwnedResources} knows how to remove. */
public interface TaggedResources {

    /** All of the region, and of CloudFront and its like, each as {@link OwnedResource.Kind#OTHER} by its ARN. */
    List<OwnedResource> find(SessionCredentials credentials) throws AwsRefusal;
}
