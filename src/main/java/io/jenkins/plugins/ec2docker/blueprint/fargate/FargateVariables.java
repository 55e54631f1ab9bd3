package io.jenkins.plugins.ec2docker.blueprint.fargate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.section.SectionVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What blueprint {@code fargate} is given: the variables that its {@code variables.tf} declares, and no other. */
public final class FargateVariables {

    private FargateVariables() {}

    public static Map<String, Object> of(ProvisionRequest request, String deploymentId, BlueprintSettings settings) {
        Map<String, Object> variables = SectionVariables.of(request, deploymentId, settings);
        variables.put("containers", containers(request));
        variables.put("task", SectionVariables.snake(request.section("task")));
        return variables;
    }

    /** Requests go to the first port of the first container that has any: so the one that serves comes first, and its port. */
    private static List<Map<String, Object>> containers(ProvisionRequest request) {
        int entry = SectionVariables.ports(request).get(0);
        List<Map<String, Object>> containers = new ArrayList<>();
        for (Container container : request.containers()) {
            Map<String, Object> each = container(container, entry);
            boolean serves = container.ports().stream().anyMatch(port -> port.host() == entry);
            containers.add(serves ? 0 : containers.size(), each);
        }
        return containers;
    }

    private static Map<String, Object> container(Container container, int entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", container.name());
        values.put("image", container.image().toString());
        List<Integer> ports = new ArrayList<>(container.ports().stream().map(PortMapping::container).toList());
        if (ports.remove((Integer) entry)) {
            ports.add(0, entry);
        }
        values.put("ports", ports);
        values.put("environment", container.environment());
        values.put("command", container.command());
        values.putAll(SectionVariables.snake(container.task()));
        ContainerHealthcheck check = container.healthcheck();
        values.put("health_command", check == null ? null : command(check.test()));
        return values;
    }

    /** One line for a shell; null for none. */
    @CheckForNull
    private static String command(List<String> test) {
        return switch (test.get(0)) {
            case "NONE" -> null;
            case "CMD-SHELL" -> test.get(1);
            default -> test.stream().skip(1).map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
        };
    }
}
