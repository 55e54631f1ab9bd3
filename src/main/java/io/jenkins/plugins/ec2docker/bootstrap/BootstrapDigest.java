package io.jenkins.plugins.ec2docker.bootstrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says whether two bootstraps would do the same on an instance. Taken before compression, for another build of zlib packs the same content
 * into other bytes.
 */
final class BootstrapDigest {
    private final MessageDigest sha256;

    private BootstrapDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform must have it: MessageDigest, class documentation.
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 in hex over the parts, each with its length before it. */
    static String of(String script, Map<String, String> settings, String compose, byte[] users) {
        BootstrapDigest digest = new BootstrapDigest();
        digest.add(script);
        new TreeMap<>(settings).forEach((name, value) -> {
            digest.add(name);
            digest.add(value);
        });
        digest.add(compose);
        digest.add(users);
        return HexFormat.of().formatHex(digest.sha256.digest());
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] bytes) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha256.update(bytes);
    }
}
