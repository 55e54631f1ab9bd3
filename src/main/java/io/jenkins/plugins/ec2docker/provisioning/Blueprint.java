package io.jenkins.plugins.ec2docker.provisioning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bundled Terraform configurations, read from where they are packed beside the classes. */
public enum Blueprint {
    INSTANCE("instance", List.of("main.tf", "variables.tf", "outputs.tf", "versions.tf", ".terraform.lock.hcl"));

    private static final String FOLDER = "/io/jenkins/plugins/ec2docker/terraform-templates/";

    private final String text;
    private final List<String> files;

    Blueprint(String text, List<String> files) {
        this.text = text;
        this.files = files;
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

    /** The configuration's files by their name within the workspace. */
    Map<String, byte[]> files() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String file : files) {
            contents.put(file, read(FOLDER + text + "/" + file));
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
