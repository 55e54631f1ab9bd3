package io.jenkins.plugins.ec2docker.request.parse;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.Role;
import io.jenkins.plugins.ec2docker.request.model.VolumeMount;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.request.schema.BlueprintFields;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a request as the document it could have been read from; absent fields are left out, so equal requests give equal documents. */
public final class RequestWriter {
    private final Map<String, Object> map = new LinkedHashMap<>();

    private RequestWriter() {}

    /** The request as a document of plain maps, lists, text, numbers and booleans, defaults written out; it parses to an equal request. */
    public static Map<String, Object> of(ProvisionRequest request) {
        RequestWriter document = new RequestWriter()
                .put("name", request.name())
                .put("blueprint", request.blueprint());
        document.known(request, "environment", request.sections().get(SectionReader.ENVIRONMENT))
                .put("region", request.region())
                .put("instanceType", request.instanceType())
                .put("role", Optional.ofNullable(request.role()).map(RequestWriter::role).orElse(null))
                .put("containers", request.containers().stream().map(container -> container(container, request.blueprint())).toList())
                .put("users", request.users())
                .put("requester", request.requester())
                .known(request, "machineImage", request.machineImage().text())
                .put("network", network(request))
                .known(request, "disk",
                        new RequestWriter().put("sizeGiB", request.disk().sizeGiB()).put("kmsKeyId", request.disk().kmsKeyId()).map)
                .put("sshPublicKey", request.sshPublicKey())
                .put("keyName", request.keyName())
                .known(request, "spot", request.spot())
                .put("expiresAfter", request.expiresAfter())
                .put("schedule", Optional.ofNullable(request.schedule()).map(RequestWriter::schedule).orElse(null))
                .put("tags", request.tags())
                .put("health", Optional.ofNullable(request.health()).map(RequestWriter::health).orElse(null))
                .put("onFailure", request.onFailure().text())
                .known(request, "onImageChange", request.onImageChange().text());
        // A section without fields is one: it must be written.
        request.sections().forEach((name, section) -> {
            if (!name.equals(SectionReader.NETWORK)) {
                document.map.put(name, section);
            }
        });
        return document.map;
    }

    private RequestWriter known(ProvisionRequest request, String field, @CheckForNull Object value) {
        return BlueprintFields.isKnown(field, request.blueprint()) ? put(field, value) : this;
    }

    private static Map<String, Object> role(Role role) {
        return new RequestWriter()
                .put("arn", role.arn())
                .put("externalId", role.externalId())
                .put("durationSeconds", role.durationSeconds()).map;
    }

    private static Map<String, Object> container(Container container, String blueprint) {
        RequestWriter map = new RequestWriter()
                .put("name", container.name())
                .put("image", container.image().text())
                .put("ports", container.ports().stream().map(PortMapping::toString).toList())
                .put("environment", container.environment())
                .put("volumes", container.volumes().stream().map(VolumeMount::toString).toList())
                .put("command", container.command())
                .put("restart", blueprint.equals(BlueprintFields.FARGATE) ? null : container.restart().toString())
                .put("healthcheck", Optional.ofNullable(container.healthcheck()).map(RequestWriter::healthcheck).orElse(null));
        map.map.putAll(container.task());
        return map.map;
    }

    private static Map<String, Object> healthcheck(ContainerHealthcheck check) {
        return new RequestWriter()
                .put("test", check.test())
                .put("interval", check.interval())
                .put("timeout", check.timeout())
                .put("retries", check.retries())
                .put("startPeriod", check.startPeriod()).map;
    }

    private static Map<String, Object> network(ProvisionRequest request) {
        Network network = request.network();
        boolean ofInstance = request.blueprint().equals(BlueprintFields.INSTANCE);
        RequestWriter map = new RequestWriter()
                .put("vpcId", network.vpcId())
                .put("subnetId", network.subnetId())
                .put("sshCidrs", network.sshCidrs())
                .put("publicIp", network.publicIp())
                .put("elasticIp", ofInstance ? network.elasticIp() : null);
        // Empty means "open to nobody", which differs from the default: it must be written.
        map.map.put("ingressCidrs", network.ingressCidrs());
        map.map.putAll(request.section(SectionReader.NETWORK));
        return map.map;
    }

    private static Map<String, Object> schedule(WorkingHoursSchedule schedule) {
        return new RequestWriter().put("start", schedule.start()).put("stop", schedule.stop()).put("zone", schedule.zone()).map;
    }

    private static Map<String, Object> health(HealthEndpoint health) {
        return new RequestWriter().put("port", health.port()).put("path", health.path()).put("timeout", health.timeout()).map;
    }

    private RequestWriter put(String field, @CheckForNull Object value) {
        boolean absent = value == null || value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> m && m.isEmpty();
        if (!absent) {
            map.put(field, value instanceof Duration duration ? DurationFormat.format(duration) : value);
        }
        return this;
    }
}
