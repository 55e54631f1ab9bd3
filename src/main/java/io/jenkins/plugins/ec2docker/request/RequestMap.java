package io.jenkins.plugins.ec2docker.request;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a request as the document it could have been read from; absent fields are left out, so equal requests give equal documents. */
final class RequestMap {
    private final Map<String, Object> map = new LinkedHashMap<>();

    private RequestMap() {}

    static Map<String, Object> of(ProvisionRequest request) {
        return new RequestMap()
                .put("name", request.name())
                .put("blueprint", request.blueprint())
                .put("region", request.region())
                .put("instanceType", request.instanceType())
                .put("role", request.role() == null ? null : role(request.role()))
                .put("containers", request.containers().stream().map(RequestMap::container).toList())
                .put("users", request.users())
                .put("requester", request.requester())
                .put("machineImage", request.machineImage().text())
                .put("network", network(request.network()))
                .put("disk", new RequestMap().put("sizeGiB", request.disk().sizeGiB()).put("kmsKeyId", request.disk().kmsKeyId()).map)
                .put("sshPublicKey", request.sshPublicKey())
                .put("keyName", request.keyName())
                .put("spot", request.spot())
                .put("expiresAfter", request.expiresAfter())
                .put("schedule", request.schedule() == null ? null : schedule(request.schedule()))
                .put("tags", request.tags())
                .put("health", request.health() == null ? null : health(request.health()))
                .put("onFailure", request.onFailure().text())
                .put("onImageChange", request.onImageChange().text())
                .map;
    }

    private static Map<String, Object> role(Role role) {
        return new RequestMap()
                .put("arn", role.arn())
                .put("externalId", role.externalId())
                .put("durationSeconds", role.durationSeconds())
                .map;
    }

    private static Map<String, Object> container(Container container) {
        return new RequestMap()
                .put("name", container.name())
                .put("image", container.image().text())
                .put("ports", container.ports().stream().map(PortMapping::toString).toList())
                .put("environment", container.environment())
                .put("volumes", container.volumes().stream().map(VolumeMount::toString).toList())
                .put("command", container.command())
                .put("restart", container.restart().toString())
                .put("healthcheck", container.healthcheck() == null ? null : healthcheck(container.healthcheck()))
                .map;
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

    private static Map<String, Object> network(Network network) {
        RequestMap map = new RequestMap()
                .put("vpcId", network.vpcId())
                .put("subnetId", network.subnetId())
                .put("sshCidrs", network.sshCidrs())
                .put("publicIp", network.publicIp())
                .put("elasticIp", network.elasticIp());
        // Empty means "open to nobody", which differs from the default: it must be written.
        map.map.put("ingressCidrs", network.ingressCidrs());
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
