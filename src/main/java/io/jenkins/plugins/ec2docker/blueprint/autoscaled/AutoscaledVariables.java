package io.jenkins.plugins.ec2docker.blueprint.autoscaled;

import io.jenkins.plugins.ec2docker.blueprint.section.SectionVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.request.model.EcrRepository;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/** What blueprint {@code autoscaled} is given: the variables that its {@code variables.tf} declares, and no other. */
public final class AutoscaledVariables {

    private AutoscaledVariables() {}

    public static Map<String, Object> of(ProvisionRequest request, String deploymentId, BlueprintSettings settings) {
        Map<String, Object> variables = SectionVariables.of(request, deploymentId, settings);
        variables.put("instance", instance(request));
        variables.put("ports", SectionVariables.ports(request));
        variables.put("image_repositories", EcrRepository.of(request.containers()).stream().map(EcrRepository::arn).distinct().toList());
        return variables;
    }

    private static Map<String, Object> instance(ProvisionRequest request) {
        Map<String, Object> instance = new LinkedHashMap<>();
        instance.put("user_data_file", WorkspaceFiles.USER_DATA);
        instance.put("type", request.instanceType());
        instance.put("architecture", request.architecture().text());
        instance.put("machine_image", request.machineImage().text());
        if (request.sections().get("imageRelease") instanceof String release) {
            instance.put("image_release", release);
        }
        instance.put("disk_size_gib", request.disk().sizeGiB());
        instance.put("ssh_public_key", request.sshPublicKey());
        instance.put("key_name", request.keyName());
        instance.put("policy", request.sections().get("instancePolicy"));
        instance.put("ssh_cidrs", request.network().sshCidrs());
        return instance;
    }
}
