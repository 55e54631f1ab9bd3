package io.jenkins.plugins.ec2docker.aws.clients;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What AWS says of an instance at one moment. Texts are AWS's own; null where AWS says nothing, such as the public address of
 * an instance that has none.
 *
 * @param state         {@code pending}, {@code running}, {@code shutting-down}, {@code terminated}, {@code stopping} or {@code stopped}
 * @param stateReason   why it is in a state that nobody asked for, in AWS's words
 * @param metadataTokens {@code required} where the instance metadata service answers version 2 alone
 * @param launched      of the last start
 * @param securityGroups ids
 */
public record InstanceDescription(
        String id,
        String state,
        String stateReason,
        String type,
        String architecture,
        String imageId,
        String publicIp,
        String privateIp,
        String publicDns,
        String availabilityZone,
        String vpcId,
        String subnetId,
        List<String> securityGroups,
        String keyName,
        String metadataTokens,
        Instant launched,
        Map<String, String> tags) {

    public InstanceDescription {
        securityGroups = List.copyOf(securityGroups);
        tags = Map.copyOf(tags);
    }

    /** Whether it is on its way out or already out; AWS shows it for about an hour longer. */
    public boolean gone() {
        return "shutting-down".equals(state) || "terminated".equals(state);
    }
}
