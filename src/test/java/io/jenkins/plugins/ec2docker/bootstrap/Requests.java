package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.Disk;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.util.List;
import java.util.Map;

/** Requests for the tests of this room. Built from the parts, not parsed: a bootstrap must hold for every value that the records allow. */
final class Requests {
    private Requests() {}

    static ProvisionRequest of(Container... containers) {
        return of(null, false, containers);
    }

    static ProvisionRequest of(HealthEndpoint health, boolean elasticIp, Container... containers) {
        return ProvisionRequest.builder("shop", "instance", "eu-central-1").instanceType("t3.small").containers(List.of(containers))
                .machineImage(MachineImage.Kind.UBUNTU_22_04.image()).disk(Disk.DEFAULT)
                .network(new Network(null, null, List.of("0.0.0.0/0"), List.of(), null, elasticIp)).health(health)
                .onFailure(OnFailure.DESTROY).onImageChange(OnImageChange.REPLACE).build();
    }

    static Container container(String name) {
        return with(name, Map.of());
    }

    static Container with(String name, Map<String, String> environment) {
        return container(name, environment, List.of(), RestartPolicy.UNLESS_STOPPED, null);
    }

    static Container container(String name, Map<String, String> environment, List<String> command, RestartPolicy restart,
            ContainerHealthcheck check) {
        return Container.builder(name, new ImageReference("nginx:1.27", null, "nginx", "1.27", null)).environment(environment)
                .command(command).restart(restart).healthcheck(check).build();
    }
}
