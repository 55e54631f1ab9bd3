package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.request.Container;
import io.jenkins.plugins.ec2docker.request.Health;
import io.jenkins.plugins.ec2docker.request.Network;
import io.jenkins.plugins.ec2docker.request.PortMapping;
import io.jenkins.plugins.ec2docker.request.Protocol;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What blueprint {@code instance} is given: the variables that {@code terraform-templates/instance/variables.tf} declares, and no other. */
final class InstanceVariables {

    private InstanceVariables() {}

    /** By name; absent optional values are null, which is Terraform's own word for <em>not given</em>. */
    static Map<String, Object> of(ProvisionRequest request, String deploymentId, int maxRetries) {
        Network network = request.network();
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("deployment_id", deploymentId);
        variables.put("deployment_name", request.name());
        variables.put("region", request.region());
        variables.put("instance_type", request.instanceType());
        variables.put("architecture", request.architecture().text());
        variables.put("machine_image", request.machineImage().text());
        variables.put("user_data_file", WorkspaceFiles.USER_DATA);
        variables.put("ports", ports(request));
        variables.put("ingress_cidrs", network.ingressCidrs());
        variables.put("ssh_cidrs", network.sshCidrs());
        variables.put("vpc_id", network.vpcId());
        variables.put("subnet_id", network.subnetId());
        variables.put("public_ip", network.publicIp());
        variables.put("elastic_ip", network.elasticIp());
        variables.put("disk_size_gib", request.disk().sizeGiB());
        variables.put("kms_key_id", request.disk().kmsKeyId());
        variables.put("ssh_public_key", request.sshPublicKey());
        variables.put("key_name", request.keyName());
        variables.put("spot", request.spot());
        variables.put("tags", request.tags());
        variables.put("url_port", urlPort(request).orElse(null));
        variables.put("url_path", Optional.ofNullable(request.health()).map(Health::path).orElse("/"));
        variables.put("max_retries", maxRetries);
        return variables;
    }

    private static List<Map<String, Object>> ports(ProvisionRequest request) {
        return published(request)
                .sorted(Comparator.comparing(PortMapping::host).thenComparing(PortMapping::protocol))
                .map(port -> Map.<String, Object>of("port", port.host(), "protocol", port.protocol().text()))
                .toList();
    }

    /** Where the service answers: the port that is asked for its health, or else the first that is published over TCP. */
    private static Optional<Integer> urlPort(ProvisionRequest request) {
        return request.health() != null
                ? Optional.of(request.health().port())
                : published(request).filter(port -> port.protocol() == Protocol.TCP).map(PortMapping::host).findFirst();
    }

    private static Stream<PortMapping> published(ProvisionRequest request) {
        return request.containers().stream().map(Container::ports).flatMap(List::stream);
    }
}
