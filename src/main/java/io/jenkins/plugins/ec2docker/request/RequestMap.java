package io.jenkins.plugins.ec2docker.request;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a request as the document it could have been read from; absent fields are left out, so equal requests give equal documents. */
public final class RequestMap {
    private final Map<String, Object> map = new LinkedHashMap<>();

    private RequestMap() {}

    /** The request as a document of plain maps, lists, text, numbers and booleans, defaults written out; it parses to an equal request. */
    public static Map<String, Object> of(ProvisionRequest request) {
        RequestMap document = new RequestMap()
                .put("name", request.name())
                .put("blueprint", request.blueprint());
        document.known(request, "environment", request.sections().get(Sections.ENVIRONMENT))
                .put("region", request.region())
                .put("instanceType", request.instanceType())
                .put("role", request.role() == null ? null : role(request.role()))
                .put("containers", request.containers().stream().map(container -> container(container, request.blueprint())).toList())
                .put("users", request.users())
                .put("requester", request.requester())
                .known(request, "machineImage", request.machineImage().text())
                .put("network", network(request))
                .known(request, "disk", new RequestMap().put("sizeGiB", request.disk().sizeGiB()).put("kmsKeyId", request.disk().kmsKeyId()).map)
                .put("sshPublicKey", request.sshPublicKey())
                .put("keyName", request.keyName())
                .known(request, "spot", request.spot())
                .put("expiresAfter", request.expiresAfter())
                .put("schedule", request.schedule() == null ? null : schedule(request.schedule()))
                .put("tags", request.tags())
                .put("health", request.health() == null ? null : health(request.health()))
                .put("onFailure", request.onFailure().text())
                .known(request, "onImageChange", request.onImageChange().text());
        // A section without fields is one: it must be written.
        request.sections().forEach((name, section) -> {
            if (!name.equals(Sections.NETWORK)) {
                document.map.put(name, section);
            }
        });
        return document.map;
    }

    private RequestMap known(ProvisionRequest request, String field, Object value) {
        return BlueprintFields.isKnown(field, request.blueprint()) ? put(field, value) : this;
    }

    private static Map<String, Object> role(Role role) {
        return new RequestMap()
                .put("arn", role.arn())
                .put("externalId", role.externalId())
                .put("durationSeconds", role.durationSeconds())
                .map;
    }

    private static Map<String, Object> container(Container container, String blueprint) {
        RequestMap map = new RequestMap()
                .put("name", container.name())
                .put("image", container.image().text())
                .put("ports", container.ports().stream().map(PortMapping::toString).toList())
                .put("environment", container.environment())
                .put("volumes", container.volumes().stream().map(VolumeMount::toString).toList())
                .put("command", container.command())
                .put("restart", blueprint.equals(BlueprintFields.FARGATE) ? null : container.restart().toString())
                .put("healthcheck", container.healthcheck() == null ? null : healthcheck(container.healthcheck()));
        map.map.putAll(container.task());
        return map.map;
    }

    private static Map<String, Object> healthcheck(Healthcheck check) {
        return new RequestMap()
                .put("test", check.test())
                .put("interval", check.interval())
                .put("timeout", check.timeout())
                .put("retries", check.retries())
                .put("startPeriod", check.startPeriod())
                .map;
    }

    private static Map<String, Object> network(ProvisionRequest request) {
        Network network = request.network();
        boolean ofInstance = request.blueprint().equals(BlueprintFields.INSTANCE);
        RequestMap map = new RequestMap()
                .put("vpcId", network.vpcId())
                .put("subnetId", network.subnetId())
                .put("sshCidrs", network.sshCidrs())
                .put("publicIp", network.publicIp())
                .put("elasticIp", ofInstance ? network.elasticIp() : null);
        // Empty means "open to nobody", which differs from the default: it must be written.
        map.map.put("ingressCidrs", network.ingressCidrs());
        map.map.putAll(request.section(Sections.NETWORK));
        return map.map;
    }

    private static Map<String, Object> schedule(Schedule schedule) {
        return new RequestMap().put("start", schedule.start()).put("stop", schedule.stop()).put("zone", schedule.zone()).map;
    }

    private static Map<String, Object> health(Health health) {
        return new RequestMap().put("port", health.port()).put("path", health.path()).put("timeout", health.timeout()).map;
    }

    private RequestMap put(String field, Object value) {
        boolean absent = value == null || value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> m && m.isEmpty();
        if (!absent) {
            map.put(field, value instanceof Duration duration ? DurationText.format(duration) : value);
        }
        return this;
    }
}
