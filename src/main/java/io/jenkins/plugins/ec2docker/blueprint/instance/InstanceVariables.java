package io.jenkins.plugins.ec2docker.blueprint.instance;

import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What blueprint {@code instance} is given: the variables that {@code terraform-templates/instance/variables.tf} declares, and no other. */
public final class InstanceVariables {

    private InstanceVariables() {}

    /**
     * By name; absent optional values are null, which is Terraform's own word for <em>not given</em>.
     *
     * @param generation key of the one instance
     */
    public static Map<String, Object> of(ProvisionRequest request, String deploymentId, String generation, BlueprintSettings settings) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("deployment_id", deploymentId);
        variables.put("deployment_name", request.name());
        variables.put("region", request.region());
        variables.put("generations", Map.of(generation, generation(request)));
        variables.put("serving", generation);
        variables.put("tags", request.tags());
        variables.putAll(settings.variables());
        return variables;
    }

    /** What can only be fulfilled by another instance, beside the boot payload. */
    public static Map<String, Object> launch(ProvisionRequest request) {
        Network network = request.network();
        Map<String, Object> wishes = new LinkedHashMap<>();
        wishes.put("architecture", request.architecture().text());
        wishes.put("machine_image", request.machineImage().text());
        wishes.put("vpc_id", network.vpcId());
        wishes.put("subnet_id", network.subnetId());
        wishes.put("public_ip", network.publicIp());
        wishes.put("kms_key_id", request.disk().kmsKeyId());
        wishes.put("ssh_public_key", request.sshPublicKey());
        wishes.put("key_name", request.keyName());
        wishes.put("spot", request.spot());
        return wishes;
    }

    private static Map<String, Object> generation(ProvisionRequest request) {
        Network network = request.network();
        Map<String, Object> generation = new LinkedHashMap<>(launch(request));
        generation.put("user_data_file", WorkspaceFiles.USER_DATA);
        generation.put("instance_type", request.instanceType());
        generation.put("ports", ports(request));
        generation.put("ingress_cidrs", network.ingressCidrs());
        generation.put("ssh_cidrs", network.sshCidrs());
        generation.put("elastic_ip", network.elasticIp());
        generation.put("disk_size_gib", request.disk().sizeGiB());
        generation.put("url_port", urlPort(request).orElse(null));
        generation.put("url_path", Optional.ofNullable(request.health()).map(HealthEndpoint::path).orElse("/"));
        return generation;
    }

    private static List<Map<String, Object>> ports(ProvisionRequest request) {
        return published(request)
                .sorted(Comparator.comparing(PortMapping::host).thenComparing(PortMapping::protocol))
                .map(InstanceVariables::port)
                .toList();
    }

    private static Map<String, Object> port(PortMapping mapping) {
        Map<String, Object> port = new LinkedHashMap<>();
        port.put("port", mapping.host());
        port.put("protocol", mapping.protocol().text());
        return port;
    }

    /** Where the service answers: the port that is asked for its health, or else the first that is published over TCP. */
    private static Optional<Integer> urlPort(ProvisionRequest request) {
        HealthEndpoint health = request.health();
        return health != null
                ? Optional.of(health.port())
                : published(request).filter(port -> port.protocol() == Protocol.TCP).map(PortMapping::host).findFirst();
    }

    private static Stream<PortMapping> published(ProvisionRequest request) {
        return request.containers().stream().map(Container::ports).flatMap(List::stream);
    }
}
