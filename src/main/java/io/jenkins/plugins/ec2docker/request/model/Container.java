package io.jenkins.plugins.ec2docker.request.model;

import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One container of the deployment.
 *
 * @param name its name, unique in the request, fit for Docker and as a Compose service; where none was given it comes from the image
 * @param image what it runs
 * @param ports what it publishes on the instance; may be empty
 * @param environment variables in the order given; values may be secrets and appear in no message
 * @param volumes host directories and files it sees; may be empty
 * @param command words of its command; empty for the image's own
 * @param restart when Docker starts it again
 * @param healthcheck how Docker finds out whether it works; null for the image's own
 * @param task what it has as part of a task ({@code SectionShapes#TASK_CONTAINER}), by field; empty on an instance
 */
public record Container(
        String name,
        ImageReference image,
        List<PortMapping> ports,
        Map<String, String> environment,
        List<VolumeMount> volumes,
        List<String> command,
        RestartPolicy restart,
        ContainerHealthcheck healthcheck,
        Map<String, Object> task) {

    /** On an instance. */
    public Container(
            String name,
            ImageReference image,
            List<PortMapping> ports,
            Map<String, String> environment,
            List<VolumeMount> volumes,
            List<String> command,
            RestartPolicy restart,
            ContainerHealthcheck healthcheck) {
        this(name, image, ports, environment, volumes, command, restart, healthcheck, Map.of());
    }

    public Container {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(image, "image");
        ports = List.copyOf(ports);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        volumes = List.copyOf(volumes);
        command = List.copyOf(command);
        Objects.requireNonNull(restart, "restart");
        task = Collections.unmodifiableMap(new LinkedHashMap<>(task));
    }

    /** The same container with another image. */
    public Container withImage(ImageReference other) {
        return new Container(name, other, ports, environment, volumes, command, restart, healthcheck, task);
    }

    /** Leaves out the values of the environment and the command: both are where passwords are put. */
    @Override
    public String toString() {
        return "Container[" + name + ", " + image + ", ports=" + ports + ", environment=" + environment.keySet() + ", volumes=" + volumes
                + "]";
    }
}
