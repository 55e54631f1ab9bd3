package io.jenkins.plugins.ec2docker.blueprint.section;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The variables that the blueprints {@code autoscaled} and {@code fargate} share: a section of the request is the variable of its name, its
 * fields in snake case. What a request leaves out is left to the blueprint's own defaults.
 */
public final class SectionVariables {
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
    /** Their keys are the user's own. */
    private static final List<String> NAMED = List.of("schedules", "event_patterns", "secrets");

    private SectionVariables() {}

    public static Map<String, Object> of(ProvisionRequest request, String deploymentId, BlueprintSettings settings) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("deployment_id", deploymentId);
        variables.put("deployment_name", request.name());
        variables.put("region", request.region());
        variables.put("network", network(request));
        variables.put("load_balancer", loadBalancer(request));
        variables.put("scaling", snake(request.section("scaling")));
        for (String section : List.of("database", "monitoring", "backup", "edge", "registry", "bastion")) {
            variables.put(section, request.hasSection(section) ? snake(request.section(section)) : null);
        }
        variables.put("tags", request.tags());
        variables.putAll(settings.variables());
        return variables;
    }

    /**
     * The ports that the containers publish over TCP, each once, the one that requests go to first: that which is asked for its health, or else
     * the first.
     */
    public static List<Integer> ports(ProvisionRequest request) {
        Stream<Integer> first = Optional.ofNullable(request.health()).map(HealthEndpoint::port).stream();
        Stream<Integer> all = request.containers().stream()
                .map(Container::ports)
                .flatMap(List::stream)
                .filter(port -> port.protocol() == Protocol.TCP)
                .map(PortMapping::host);
        return Stream.concat(first, all).distinct().toList();
    }

    /** Fields in snake case, {@code none} as null. */
    public static Map<String, Object> snake(Map<String, Object> section) {
        Map<String, Object> variable = new LinkedHashMap<>();
        section.forEach((field, value) -> {
            String name = snake(field);
            variable.put(name, NAMED.contains(name) ? named(value) : value(name, value));
        });
        return variable;
    }

    static String snake(String field) {
        return CAPITAL.matcher(field.replace("GiB", "_gib")).replaceAll(letter -> "_" + letter.group().toLowerCase(Locale.ROOT));
    }

    @SuppressWarnings("unchecked") // Sections are read with text keys.
    @CheckForNull
    private static Object value(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return snake((Map<String, Object>) map);
        }
        // The word is a value of its own for NAT gateways.
        return "none".equals(value) && !name.equals("nat") ? null : value;
    }

    private static Map<String, Object> named(Object entries) {
        Map<String, Object> named = new LinkedHashMap<>();
        ((Map<?, ?>) entries).forEach((key, value) -> named.put((String) key, value(" ", value)));
        return named;
    }

    private static Map<String, Object> network(ProvisionRequest request) {
        Map<String, Object> network = snake(request.section("network"));
        if (request.network().vpcId() != null) {
            network.put("vpc_id", request.network().vpcId());
        }
        return network;
    }

    private static Map<String, Object> loadBalancer(ProvisionRequest request) {
        Map<String, Object> loadBalancer = snake(request.section("loadBalancer"));
        loadBalancer.put("ingress_cidrs", request.network().ingressCidrs());
        Map<String, Object> check = new LinkedHashMap<>();
        HealthEndpoint health = request.health();
        if (health != null) {
            check.put("path", health.path());
        }
        if (loadBalancer.get("health_check") instanceof Map<?, ?> given) {
            given.forEach((field, value) -> check.put((String) field, value));
        }
        loadBalancer.put("health_check", check);
        return loadBalancer;
    }
}
