package io.jenkins.plugins.ec2docker.request.schema;

import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields of a request are known to which blueprint, and what to do instead of the others. */
public final class BlueprintFields {
    public static final String INSTANCE = "instance";
    public static final String AUTOSCALED = "autoscaled";
    public static final String FARGATE = "fargate";
    /** What {@code terraform-templates/} holds. */
    public static final List<String> BLUEPRINTS = List.of(INSTANCE, AUTOSCALED, FARGATE);

    /** The blueprints of each field that not all of them know, in order. */
    private static final Map<String, List<String>> KNOWN_TO = new LinkedHashMap<>();

    static {
        List.of("instanceType", "users", "machineImage", "disk", "sshPublicKey", "keyName")
                .forEach(field -> KNOWN_TO.put(field, List.of(INSTANCE, AUTOSCALED)));
        List.of("spot", "schedule", "onImageChange").forEach(field -> KNOWN_TO.put(field, List.of(INSTANCE)));
        List.of("environment", "scaling", "loadBalancer", "database", "monitoring", "backup", "edge", "registry", "bastion")
                .forEach(field -> KNOWN_TO.put(field, List.of(AUTOSCALED, FARGATE)));
        List.of("imageRelease", "instancePolicy").forEach(field -> KNOWN_TO.put(field, List.of(AUTOSCALED)));
        KNOWN_TO.put("task", List.of(FARGATE));
    }

    /** What those who give it most likely want. */
    private static final Map<String, String> INSTEAD = Map.of(
            "instancePolicy", "what tasks may do is task.policy",
            "instanceType", "a task's size is task.cpu and task.memory",
            "machineImage", "Fargate brings the machine",
            "disk", "a task's disk is task.diskSizeGiB",
            "users",
            "there is no host to put the file on; give the users to the containers by containers[].secrets or a volume of the application's own",
            "sshPublicKey", "there is no host to log in to; task.exec opens a shell in a container",
            "keyName", "there is no host to log in to; task.exec opens a shell in a container",
            "spot", "write scaling: {spot: {}}",
            "schedule", "write scaling.schedules",
            "onImageChange", "an update replaces one after the other by itself");

    /** What says nothing that the blueprint would not do anyway; forms give it. */
    private static final Map<String, Set<String>> HARMLESS = Map.of("spot", Set.of("false"), "onImageChange", Set.of("replace"));

    private BlueprintFields() {}

    public static boolean isKnown(String field, String blueprint) {
        return KNOWN_TO.getOrDefault(field, BLUEPRINTS).contains(blueprint);
    }

    /** Notes every field that is given and that the blueprint does not know. */
    public static void check(DocumentSection fields, String blueprint) {
        KNOWN_TO.forEach((field, blueprints) -> {
            DocumentNode node = fields.find(field);
            if (node == null) {
                return;
            }
            boolean harmless = HARMLESS.getOrDefault(field, Set.of()).stream().anyMatch(node::says);
            if (!blueprints.contains(blueprint) && !node.isAbsent() && !harmless) {
                node.refuseUnseen("is not known to blueprint " + blueprint + ", only to " + names(blueprints) + "; "
                        + (INSTEAD.containsKey(field) && !blueprint.equals(INSTANCE) ? INSTEAD.get(field) + "."
                                : "remove it, or name that blueprint."));
            }
        });
    }

    private static String names(List<String> blueprints) {
        return blueprints.stream().collect(Collectors.joining(" and "));
    }
}
