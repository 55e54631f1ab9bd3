package io.jenkins.plugins.ec2docker.request.model;

import java.util.Objects;

/**
 * A container's port published on the instance.
 *
 * @param host port on the instance, 1 to {@value #HIGHEST}; only a stored request may have another number
 * @param container port in the container, 1 to {@value #HIGHEST}; only a stored request may have another number
 * @param protocol which of the two
 */
public record PortMapping(int host, int container, Protocol protocol) {
    /** Highest port: 16 bits, RFC 9293 and RFC 768. */
    public static final int HIGHEST = 65535;

    public PortMapping {
        Objects.requireNonNull(protocol, "protocol");
    }

    /** As in a request: {@code 8080:80/tcp}. */
    @Override
    public String toString() {
        return host + ":" + container + "/" + protocol.text();
    }
}
