package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.model.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a container's {@code volumes}: what it sees of the instance, which is nothing but what lies below {@code /opt/app/}. */
final class VolumesField {
    private static final String HOST_ROOT = "/opt/app/";
    /** What the deployment itself stands on; no container may change it. */
    private static final Set<String> OWN_FILES = Set.of(HOST_ROOT + "docker-compose.yml", HOST_ROOT + "users.csv", HOST_ROOT + ".env");
    /** limits.h of Linux: PATH_MAX with its closing NUL, and NAME_MAX. */
    private static final int LONGEST_PATH = 4095;

    private static final int LONGEST_NAME = 255;

    private final Map<String, String> takenBy = new HashMap<>();

    private VolumesField() {}

    static List<VolumeMount> read(DocumentNode node) {
        VolumesField section = new VolumesField();
        List<VolumeMount> mounts = new ArrayList<>();
        for (DocumentNode item : node.items()) {
            VolumeMount mount = item.isAbsent() ? item.refuse("is empty; write host:container, or remove the line.") : section.mount(item);
            if (mount != null) {
                mounts.add(mount);
            }
        }
        return mounts;
    }

    /** docs.docker.com/reference/compose-file/services, "volumes", short syntax. */
    @CheckForNull
    private VolumeMount mount(DocumentNode node) {
        // Compose's long form is a section.
        String text = node.isMap() ? "" : node.text();
        if (text == null) {
            return null;
        }
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return node.refuse("must be written as " + HOST_ROOT + "…:/path, with :ro or :rw behind it if need be; paths have no colon.");
        }
        String host = parts[0];
        String container = parts[1];
        boolean below = host.startsWith(HOST_ROOT) && isNormal(host);
        if (!below && node.rejects("has a host path that is not plainly below " + HOST_ROOT + "; write it in full, without \"..\", \".\" or"
                + " double slashes, for example " + HOST_ROOT + "data.")) {
            return null;
        }
        boolean absolute = container.startsWith("/") && isNormal(container);
        if (!absolute
                && node.rejects("has a container path that is not absolute and plain; write it in full, without \"..\", \".\" or double"
                        + " slashes, for example /data. It cannot be \"/\".")) {
            return null;
        }
        boolean known = parts.length == 2 || parts[2].equals("ro") || parts[2].equals("rw");
        if (!known && node.rejects("has a mode other than ro and rw; use one of these.")) {
            return null;
        }
        boolean readOnly = parts.length == 3 && parts[2].equals("ro");
        boolean own = !readOnly && OWN_FILES.stream().anyMatch(file -> host.equals(file) || host.startsWith(file + "/"));
        if (own && node
                .rejects("would let the container change a file that the deployment stands on; mount it with :ro, or another file.")) {
            return null;
        }
        VolumeMount mount = new VolumeMount(host, container, readOnly);
        String other = takenBy.putIfAbsent(container, node.path());
        return other == null
                ? mount
                : node.refuse(mount, "mounts at " + container + ", where " + other + " mounts already; choose another path.");
    }

    /** Whether the path has no part that makes it another one than it seems; a slash at the end makes an empty part. */
    private static boolean isNormal(String path) {
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            return false;
        }
        for (String part : path.substring(1).split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                return false;
            }
        }
        return true;
    }
}
