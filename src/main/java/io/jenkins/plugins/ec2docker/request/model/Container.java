package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
 * @param task what it has as part of a task ({@code SectionShapes#TASK_CONTAINER}), by field; on an instance its
 *     {@code entrypoint} alone, a list of words
 */
public record Container(
        String name,
        ImageReference image,
        List<PortMapping> ports,
        Map<String, String> environment,
        List<VolumeMount> volumes,
        List<String> command,
        RestartPolicy restart,
        @CheckForNull ContainerHealthcheck healthcheck,
        Map<String, Object> task) {

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
        Builder same = new Builder(name, other);
        same.ports = ports;
        same.environment = environment;
        same.volumes = volumes;
        same.command = command;
        same.restart = restart;
        same.healthcheck = healthcheck;
        same.task = task;
        return same.build();
    }

    /** What is not given is empty or null; a restart policy is needed. */
    public static Builder builder(String name, ImageReference image) {
        return new Builder(name, image);
    }

    /** Leaves out the values of the environment and the command: both are where passwords are put. */
    @Override
    public String toString() {
        return "Container[" + name + ", " + image + ", ports=" + ports + ", environment=" + environment.keySet() + ", volumes=" + volumes
                + "]";
    }

    /** A container in the making. */
    public static final class Builder {
        private final String name;
        private final ImageReference image;
        private List<PortMapping> ports = List.of();
        private Map<String, String> environment = Map.of();
        private List<VolumeMount> volumes = List.of();
        private List<String> command = List.of();
        private RestartPolicy restart;
        @CheckForNull
        private ContainerHealthcheck healthcheck;
        private Map<String, Object> task = Map.of();

        private Builder(String name, ImageReference image) {
            this.name = name;
            this.image = image;
        }

        public Builder ports(List<PortMapping> published) {
            ports = published;
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        public Builder volumes(List<VolumeMount> mounts) {
            volumes = mounts;
            return this;
        }

        public Builder command(List<String> words) {
            command = words;
            return this;
        }

        public Builder restart(RestartPolicy policy) {
            restart = policy;
            return this;
        }

        /** @param check null for the image's own */
        public Builder healthcheck(@CheckForNull ContainerHealthcheck check) {
            healthcheck = check;
            return this;
        }

        public Builder task(Map<String, Object> fields) {
            task = fields;
            return this;
        }

        public Container build() {
            return new Container(name, image, ports, environment, volumes, command, restart, healthcheck, task);
        }
    }
}
