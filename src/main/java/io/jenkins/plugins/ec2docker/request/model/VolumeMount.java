package io.jenkins.plugins.ec2docker.request.model;

import java.util.Objects;

/**
 * A file or directory of the instance that a container sees.
 *
 * @param hostPath below {@code /opt/app/}, in normal form
 * @param containerPath absolute, in normal form
 * @param readOnly whether the container may only read it
 */
public record VolumeMount(String hostPath, String containerPath, boolean readOnly) {
    public VolumeMount {
        Objects.requireNonNull(hostPath, "hostPath");
        Objects.requireNonNull(containerPath, "containerPath");
    }

    /** As in a request and in Compose: {@code /opt/app/data:/data:rw}. */
    @Override
    public String toString() {
        return hostPath + ":" + containerPath + ":" + (readOnly ? "ro" : "rw");
    }
}
