package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.model.VolumeMount;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code containers}. */
public final class ContainersSchema {
    /** More than one instance usefully runs; keeps the boot script and the security group in bounds. */
    private static final int MOST = 20;

    /** docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html, "Containers per task definition". */
    private static final int MOST_IN_A_TASK = 10;

    /** The one field of a task's container that Compose has as well. */
    private static final String ENTRYPOINT = "entrypoint";
    private static final List<String> ALWAYS =
            List.of("name", "image", "ports", "environment", "volumes", "command", "restart", "healthcheck");

    private final PublishedPorts published;
    private final String blueprint;
    private final boolean inTask;
    private final ContainerNames names = new ContainerNames();

    private ContainersSchema(PublishedPorts published, String blueprint) {
        this.published = published;
        this.blueprint = blueprint;
        this.inTask = blueprint.equals(BlueprintFields.FARGATE);
    }

    /** The containers that could be read. */
    public static List<Container> read(DocumentNode node, PublishedPorts published, String blueprint) {
        List<DocumentNode> items = node.items();
        if (node.isList() && items.isEmpty()) {
            node.refuse("has no container; give at least one, for example [{image: nginx, ports: [\"80:80\"]}].");
        }
        boolean inTask = blueprint.equals(BlueprintFields.FARGATE);
        int most = inTask ? MOST_IN_A_TASK : MOST;
        if (items.size() > most && node.rejects("has " + items.size() + " containers; at most " + most + " run "
                + (inTask ? "in one task" : "on one instance") + ". Split the request.")) {
            items = items.subList(0, most);
        }
        return new ContainersSchema(published, blueprint).read(items);
    }

    private List<Container> read(List<DocumentNode> items) {
        List<DocumentSection> sections = new ArrayList<>();
        List<String> given = new ArrayList<>();
        // Names that are given come before names that are made, wherever they stand.
        for (DocumentNode item : items) {
            DocumentSection fields =
                    item.isAbsent() ? item.refuse("is empty; give at least its image, or remove the line.") : item.fields(known(item));
            if (fields != null) {
                sections.add(fields);
                given.add(names.read(fields.get("name")));
            }
        }
        List<Container> containers = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            Container container = container(sections.get(i), given.get(i));
            if (container != null) {
                containers.add(container);
            }
        }
        return containers;
    }

    /** Those of a task outside of one only where they are given: they have a sentence of their own. */
    private String[] known(DocumentNode item) {
        return Stream.concat(ALWAYS.stream(), SectionShapes.TASK_CONTAINER.keySet().stream()
                .filter(field -> inTask || field.equals(ENTRYPOINT) || item.isMap() && !item.peek(field).isAbsent()))
                .toArray(String[]::new);
    }

    @CheckForNull
    private Container container(DocumentSection fields, @CheckForNull String name) {
        ImageReference image = image(fields.required("image", "nginx:1.27"));
        List<PortMapping> ports = fields.get("ports").items().stream().flatMap(item -> published.read(item).stream()).toList();
        var environment = EnvironmentField.read(fields.get("environment"));
        List<VolumeMount> volumes = VolumesField.read(fields.get("volumes"));
        List<String> command = CommandField.read(fields.get("command"));
        RestartPolicy restart = restart(fields.get("restart"));
        ContainerHealthcheck healthcheck = HealthcheckSchema.read(fields.get("healthcheck"));
        Map<String, Object> task = task(fields, healthcheck);
        if (image == null) {
            return null;
        }
        String own = name == null ? names.from(image) : name;
        if (inTask && !own.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
            fields.get("name")
                    .refuse("is to be " + own + ", but in a task a name has letters, digits, \"_\" and \"-\" alone; give another name.");
        }
        return Container.builder(own, image).ports(ports).environment(environment).volumes(volumes).command(command).restart(restart)
                .healthcheck(healthcheck).task(task).build();
    }

    private Map<String, Object> task(DocumentSection fields, @CheckForNull ContainerHealthcheck healthcheck) {
        Map<String, Object> task = new LinkedHashMap<>();
        SectionShapes.TASK_CONTAINER.forEach((field, shape) -> {
            DocumentNode node = fields.find(field);
            boolean reads = node != null && (inTask || field.equals(ENTRYPOINT)
                    || !node.rejectsUnseen(
                            "is not known to blueprint " + blueprint + ", only to fargate; remove it, or name that blueprint."));
            Object value = reads ? shape.read(node) : null;
            if (value != null) {
                task.put(field, value);
            }
        });
        if (inTask) {
            refuse(fields, "volumes", "a task has no directories of a host; keep files in the bucket of edge or in a database");
            refuse(fields, "restart", "ECS starts another task by itself; essential: false lets a container end");
            if (healthcheck != null && (healthcheck.interval() != null || healthcheck.timeout() != null || healthcheck.retries() != null
                    || healthcheck.startPeriod() != null)) {
                fields.get("healthcheck").refuse("has more than a test; ECS looks every 30 s by its own times. Give the test alone.");
            }
        }
        return task;
    }

    private static void refuse(DocumentSection fields, String field, String instead) {
        if (!fields.get(field).isAbsent() && !(fields.get(field).isList() && fields.get(field).items().isEmpty())) {
            fields.get(field).refuseUnseen("is not known to blueprint fargate, only to instance and autoscaled; " + instead + ".");
        }
    }

    @CheckForNull
    private static ImageReference image(DocumentNode node) {
        String text = node.text();
        if (text == null) {
            return null;
        }
        ParseResult<ImageReference> image = ImageReference.parse(text);
        return image instanceof ParseResult.Valid<ImageReference> valid
                ? valid.value()
                : node.refuse(ImageReference.unchecked(text), image.violations().get(0).message());
    }

    /** docs.docker.com/reference/compose-file/services, "restart". */
    private static RestartPolicy restart(DocumentNode node) {
        String text = node.text();
        if (text != null) {
            for (RestartPolicy.Kind kind : RestartPolicy.Kind.values()) {
                if (kind.text().equals(text)) {
                    return new RestartPolicy(kind, null);
                }
            }
            if (text.matches("on-failure:[1-9][0-9]{0,8}")) {
                return new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, Integer.valueOf(text.substring("on-failure:".length())));
            }
            node.refuse("must be no, always, unless-stopped, on-failure, or on-failure:N with N retries at most.");
        }
        return RestartPolicy.UNLESS_STOPPED;
    }
}
