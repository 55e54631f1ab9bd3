package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads {@code health}. */
public final class HealthSchema {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration DEFAULT = Duration.ofMinutes(5);
    /** RFC 3986, sections 3.3 and 3.4: path and query, with percent signs only as escapes. */
    private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}){0,2000}");

    private HealthSchema() {}

    /** Null where there is none or it is wrong. */
    @CheckForNull
    public static HealthEndpoint read(DocumentNode node, PublishedPorts published) {
        DocumentSection fields = node.fields("port", "path", "timeout");
        if (fields == null) {
            return null;
        }
        DocumentNode portNode = fields.required("port", "8080");
        Integer port = portNode.integer(1, PortMapping.HIGHEST, "");
        if (port != null && !published.mayHave(port, Protocol.TCP)) {
            portNode.refuse("is not published over TCP by any container; publish it, or name one that is: "
                    + published.describe(Protocol.TCP) + ".");
        }
        String path = fields.get("path").text(PATH.asMatchPredicate(),
                "must be a URL's path beginning with \"/\", special characters as %XX; for example /health.");
        Duration timeout = fields.get("timeout").duration(SHORTEST, LONGEST);
        return port == null ? null
                : new HealthEndpoint(port, Objects.requireNonNullElse(path, "/"), Objects.requireNonNullElse(timeout, DEFAULT));
    }
}
