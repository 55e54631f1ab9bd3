package io.jenkins.plugins.ec2docker.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads {@code containers}. */
final class ContainersSection {
    /** More than one instance usefully runs; keeps the boot script and the security group in bounds. */
    private static final int MOST = 20;

    private static final String[] FIELDS = {"name", "image", "ports", "environment", "volumes", "command", "restart", "healthcheck"};

    private final PublishedPorts published;
    private final ContainerNames names = new ContainerNames();

    private ContainersSection(PublishedPorts published) {
        this.published = published;
    }

    /** The containers that could be read. */
    static List<Container> read(Node node, PublishedPorts published) {
        List<Node> items = node.items();
        if (node.isList() && items.isEmpty()) {
            node.refuse("has no container; give at least one, for example [{image: nginx, ports: [\"80:80\"]}].");
        }
        if (items.size() > MOST) {
            node.refuse("has " + items.size() + " containers; at most " + MOST + " run on one instance. Split the request.");
            items = items.subList(0, MOST);
        }
        return new ContainersSection(published).read(items);
    }

    private List<Container> read(List<Node> items) {
        List<Fields> sections = new ArrayList<>();
        List<String> given = new ArrayList<>();
        // Names that are given come before names that are made, wherever they stand.
        for (Node item : items) {
            Fields fields = item.isAbsent() ? item.refuse("is empty; give at least its image, or remove the line.") : item.fields(FIELDS);
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

    private Container container(Fields fields, String name) {
        ImageReference image = image(fields.required("image", "nginx:1.27"));
        List<PortMapping> ports = fields.get("ports").items().stream().map(published::read).filter(Objects::nonNull).toList();
        var environment = EnvironmentSection.read(fields.get("environment"));
        List<VolumeMount> volumes = VolumesSection.read(fields.get("volumes"));
        List<String> command = CommandText.read(fields.get("command"));
        RestartPolicy restart = restart(fields.get("restart"));
        Healthcheck healthcheck = HealthcheckSection.read(fields.get("healthcheck"));
        if (image == null) {
            return null;
        }
        return new Container(name == null ? names.from(image) : name, image, ports, environment, volumes, command, restart, healthcheck);
    }

    private static ImageReference image(Node node) {
        String text = node.text();
        if (text == null) {
            return null;
        }
        Parsed<ImageReference> image = ImageReference.parse(text);
        return image instanceof Parsed.Valid<ImageReference> valid ? valid.value() : node.refuse(image.violations().get(0).message());
    }

    /** docs.docker.com/reference/compose-file/services, "restart". */
    private static RestartPolicy restart(Node node) {
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
