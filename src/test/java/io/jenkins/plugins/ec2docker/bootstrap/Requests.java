package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.Disk;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.model.VolumeMount;
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
        return new ProvisionRequest("shop", "instance", "eu-central-1", "t3.small", null, List.of(containers), null, List.of(),
                MachineImage.Kind.UBUNTU_22_04.image(), new Network(null, null, List.of("0.0.0.0/0"), List.of(), null, elasticIp),
                new Disk(20, null), null, null, false, null, null, Map.of(), health, OnFailure.DESTROY,
                OnImageChange.REPLACE);
    }

    static Container container(String name) {
        return with(name, Map.of());
    }

    static Container with(String name, Map<String, String> environment) {
        return container(name, environment, List.of(), RestartPolicy.UNLESS_STOPPED, null);
    }

    static Container container(String name, Map<String, String> environment, List<String> command, RestartPolicy restart,
            ContainerHealthcheck check) {
        return new Container(name, new ImageReference("nginx:1.27", null, "nginx", "1.27", null), List.<PortMapping>of(), environment,
                List.<VolumeMount>of(), command, restart, check);
    }
}
