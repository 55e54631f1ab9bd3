package io.jenkins.plugins.ec2docker.blueprint.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bundled Terraform configurations, read from where they are packed beside the classes. */
public enum Blueprint {
    INSTANCE("instance", List.of()),
    AUTOSCALED("autoscaled", Modules.ALL),
    FARGATE("fargate", Modules.ALL);

    private static final String FOLDER = "/io/jenkins/plugins/ec2docker/terraform-templates/";
    private static final List<String> MODULE_FILES = List.of("main.tf", "variables.tf", "outputs.tf", "versions.tf");
    private static final String LOCK_FILE = ".terraform.lock.hcl";

    private final String text;
    private final List<String> modules;

    Blueprint(String text, List<String> modules) {
        this.text = text;
        this.modules = modules;
    }

    /** What {@code terraform-templates/modules} has. An enum's constants come before whatever else it has; hence a class of its own. */
    private static final class Modules {
        static final List<String> ALL = List.of(
                "backup", "bastion", "database", "edge", "load-balancer", "monitoring", "network", "registry", "security");
    }

    /** As a request names it. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException if there is none of that name; a request that was parsed never names such a one */
    public static Blueprint of(String text) {
        for (Blueprint blueprint : values()) {
            if (blueprint.text.equals(text)) {
                return blueprint;
            }
        }
        throw new IllegalArgumentException("There is no blueprint " + text);
    }

    /** The modules that its configuration names, each a directory of that name below {@code modules} in the workspace. */
    public List<String> modules() {
        return modules;
    }

    /** The configuration's files by their name within the workspace, its modules' among them. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String file : MODULE_FILES) {
            contents.put(file, read(FOLDER + text + "/" + file));
        }
        contents.put(LOCK_FILE, read(FOLDER + text + "/" + LOCK_FILE));
        for (String module : modules) {
            for (String file : MODULE_FILES) {
                String path = "modules/" + module + "/" + file;
                contents.put(path, read(FOLDER + path));
            }
        }
        return contents;
    }

    private static byte[] read(String resource) {
        try (InputStream in = Blueprint.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This build lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
