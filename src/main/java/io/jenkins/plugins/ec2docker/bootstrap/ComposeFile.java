package io.jenkins.plugins.ec2docker.bootstrap;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The containers of a request as a Compose file (compose-spec.io) that Compose 1.27 and every Compose 2 read alike: no {@code version}, no
 * {@code name} (the boot script names the project), short forms of ports and volumes.
 */
final class ComposeFile {
    /** What every container learns of its instance, by the variables' names in the container and in {@code /opt/app/.env}. */
    static final List<String> METADATA = List.of("INSTANCE_ID", "INSTANCE_TYPE", "REGION", "AVAILABILITY_ZONE", "VPC_ID", "PUBLIC_IP");

    /** What every container learns of the database, as tasks of blueprint {@code fargate} do. */
    static final List<String> DATABASE =
            List.of("DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_USERNAME", "DATABASE_PASSWORD");

    /** The variable that carries the users file in base64. */
    static final String USERS = "APP_USERS_B64";

    /** Docker's default keeps logs without limit, until the disk is full. */
    private static final Map<String, Object> LOGGING =
            new TreeMap<>(Map.of("driver", "json-file", "options", new TreeMap<>(Map.of("max-file", "3", "max-size", "10m"))));

    private ComposeFile() {}

    /** The file's text; the same containers give the same text. */
    static String of(List<Container> containers, boolean withUsers) {
        return of(containers, withUsers, false);
    }

    /** @param withDatabase whether {@code .env} tells of a database */
    static String of(List<Container> containers, boolean withUsers, boolean withDatabase) {
        Map<String, Object> services = new LinkedHashMap<>();
        for (Container container : containers) {
            services.put(container.name(), service(container, withUsers, withDatabase));
        }
        return yaml(Map.of("services", services));
    }

    private static Map<String, Object> service(Container container, boolean withUsers, boolean withDatabase) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("image", literal(container.image().toString()));
        service.put("container_name", literal(container.name()));
        if (container.task().get("entrypoint") instanceof List<?> words) {
            service.put("entrypoint", literals(words.stream().map(String.class::cast).toList()));
        }
        if (!container.command().isEmpty()) {
            service.put("command", literals(container.command()));
        }
        service.put("environment", environment(container, withUsers, withDatabase));
        if (!container.ports().isEmpty()) {
            service.put("ports", container.ports().stream().map(Object::toString).toList());
        }
        if (!container.volumes().isEmpty()) {
            // The short form has Docker create a host directory that is missing; the long one does so only in newer versions of Compose.
            service.put("volumes", container.volumes().stream().map(mount -> literal(mount.toString())).toList());
        }
        service.put("restart", container.restart().toString());
        ContainerHealthcheck check = container.healthcheck();
        if (check != null) {
            service.put("healthcheck", healthcheck(check));
        }
        service.put("logging", LOGGING);
        return service;
    }

    /** The user's own variables as given; then those of ours that the user did not set, which Compose fills from {@code .env}. */
    private static Map<String, Object> environment(Container container, boolean withUsers, boolean withDatabase) {
        Map<String, Object> environment = new LinkedHashMap<>();
        container.environment().forEach((name, value) -> environment.put(name, literal(value)));
        METADATA.forEach(name -> environment.putIfAbsent(name, "${" + name + "}"));
        if (withUsers) {
            environment.putIfAbsent(USERS, "${" + USERS + "}");
        }
        if (withDatabase) {
            DATABASE.forEach(name -> environment.putIfAbsent(name, "${" + name + "}"));
        }
        return environment;
    }

    private static Map<String, Object> healthcheck(ContainerHealthcheck check) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("test", literals(check.test()));
        putDuration(service, "interval", check.interval());
        putDuration(service, "timeout", check.timeout());
        if (check.retries() != null) {
            service.put("retries", check.retries());
        }
        putDuration(service, "start_period", check.startPeriod());
        return service;
    }

    /** One unit only: the days of compose-spec are unknown to Compose 1. */
    private static void putDuration(Map<String, Object> service, String key, @CheckForNull Duration duration) {
        if (duration != null) {
            boolean whole = duration.getNano() == 0;
            service.put(key, whole ? duration.toSeconds() + "s" : duration.toNanos() / 1_000 + "us");
        }
    }

    private static List<String> literals(List<String> texts) {
        return texts.stream().map(ComposeFile::literal).toList();
    }

    /** Compose interpolates every value of a service and gives {@code $$} back as {@code $}. Compose specification, "Interpolation". */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }

    private static String yaml(Map<String, Object> document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        // A folded string is the same string to a YAML reader, but not to a person with grep.
        options.setSplitLines(false);
        // No anchors: people read this file.
        options.setDereferenceAliases(true);
        return new Yaml(new EveryStringQuoted(options), options).dump(document);
    }

    /**
     * Writes every string, key or value, in double quotes: the one style that can carry any character, and in which {@code no}, {@code 1e3}
     * or {@code 22:22} stay strings for readers of YAML 1.1 and 1.2 alike.
     */
    private static final class EveryStringQuoted extends Representer {
        EveryStringQuoted(DumperOptions options) {
            super(options);
            representers.put(String.class, this::quoted);
        }

        private Node quoted(Object text) {
            return representScalar(Tag.STR, (String) text, ScalarStyle.DOUBLE_QUOTED);
        }
    }
}
