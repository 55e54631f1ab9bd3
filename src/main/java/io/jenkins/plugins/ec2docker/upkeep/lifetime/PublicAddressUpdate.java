package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a deployment tells of its public address after its instance was stopped and started: EC2 may have given it another one. Pure. */
public final class PublicAddressUpdate {

    private PublicAddressUpdate() {}

    /** The deployment with the instance's address in its outputs; empty where they have it already, or there is none. */
    public static Optional<Deployment> of(Deployment deployment, InstanceDescription instance, Instant now) {
        String before = text(deployment.outputs().get("public_ip"));
        String address = instance.publicIp();
        String hostname = instance.publicDns();
        if (before.isEmpty() || address == null || before.equals(address)) {
            return Optional.empty();
        }
        String nameBefore = text(deployment.outputs().get("public_dns"));
        Map<String, JsonNode> outputs = new LinkedHashMap<>(deployment.outputs());
        outputs.put("public_ip", new TextNode(address));
        if (!nameBefore.isEmpty() && hostname != null) {
            outputs.put("public_dns", new TextNode(hostname));
        }
        outputs.computeIfPresent("url", (name, url) -> new TextNode(url.asText().replace("//" + before, "//" + address)));
        return Optional.of(deployment.telling(outputs, now));
    }

    private static String text(@CheckForNull JsonNode value) {
        return value == null || !value.isTextual() ? "" : value.asText();
    }
}
