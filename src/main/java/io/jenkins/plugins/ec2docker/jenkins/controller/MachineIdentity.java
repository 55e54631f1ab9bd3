package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Names the machine on which this controller works, only by what outlives restarts: the cluster and namespace of a pod; on a machine of its own
 * systemd's machine id and the id of the EC2 instance. A container elsewhere has nothing that lasts.
 */
final class MachineIdentity {

    private static final Logger LOGGER = Logger.getLogger(MachineIdentity.class.getName());
    private static final int SHORT = 12;

    private MachineIdentity() {}

    /**
     * @param root of the file system
     * @return null where nothing lasting is known
     */
    @CheckForNull
    static String of(Path root, Map<String, String> environment) {
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            Path account = root.resolve("var/run/secrets/kubernetes.io/serviceaccount");
            String namespace = read(account.resolve("namespace"));
            String authority = read(account.resolve("ca.crt"));
            return namespace == null || authority == null ? null : "namespace " + namespace + " of cluster " + hash(authority);
        }
        if (Files.exists(root.resolve(".dockerenv")) || Files.exists(root.resolve("run/.containerenv"))) {
            return null;
        }
        String id = read(root.resolve("etc/machine-id"));
        // An image of a whole machine has its machine id, too. This file is readable by all on instances of EC2's present types.
        String asset = read(root.resolve("sys/devices/virtual/dmi/id/board_asset_tag"));
        boolean instance = asset != null && asset.matches("i-[0-9a-f]+");
        return id == null || !id.matches("[0-9a-f]{32}") ? null : "machine " + hash(id) + (instance ? ", instance " + asset : "");
    }

    /** systemd asks that its machine id be shown to no one. */
    private static String hash(String secret) {
        return ContentHash.of(secret.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT);
    }

    @CheckForNull
    private static String read(Path file) {
        try {
            String text = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be read.");
            return null;
        }
    }
}
