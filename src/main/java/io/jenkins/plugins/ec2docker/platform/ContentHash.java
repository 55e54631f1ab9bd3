package io.jenkins.plugins.ec2docker.platform;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells by one short text whether contents are the same. */
public final class ContentHash {

    private ContentHash() {}

    /** In hex, over the parts, each with its length before it. */
    public static String of(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform must have it: MessageDigest, class documentation.
            throw new IllegalStateException(e);
        }
    }
}
