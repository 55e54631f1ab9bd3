package io.jenkins.plugins.ec2docker.request.values;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Which SSH public keys are taken: ed25519, and RSA of 2,048 bits and more. EC2 imports no other types
 * (docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html); it still takes RSA of 1,024 bits, which NIST SP 800-131A disallows.
 * The blob is decoded, because EC2's own refusal does not say why.
 */
public final class SshPublicKey {
    private static final int FEWEST_RSA_BITS = 2048;
    /** What OpenSSH itself accepts at most (SSH_RSA_MAX_MODULUS_BITS is 16,384). */
    private static final int MOST_RSA_BITS = 16384;
    private static final int ED25519_BYTES = 32;
    private static final String WAY_OUT = "give the one line of the .pub file, which begins with ssh-ed25519 or ssh-rsa";

    private SshPublicKey() {}

    /** What is wrong with the key, as a sentence that never repeats any of it; nothing for a good one. */
    public static Optional<String> problem(String text) {
        if (text.contains("PRIVATE KEY") || text.startsWith("PuTTY-User-Key-File")) {
            return Optional.of("is a PRIVATE key, which must stay with its owner and should now be replaced; " + WAY_OUT + ".");
        }
        if (text.strip().contains("\n") || text.strip().contains("\r")) {
            return Optional.of("has more than one line; " + WAY_OUT + ".");
        }
        String[] parts = text.strip().split("[ \t]+", 3);
        if (parts.length < 2) {
            return Optional.of("is not an OpenSSH public key; " + WAY_OUT + ".");
        }
        if (!parts[0].equals("ssh-ed25519") && !parts[0].equals("ssh-rsa")) {
            return Optional.of("is of a type that EC2 does not import; " + WAY_OUT + ".");
        }
        try {
            return blobProblem(parts[0], ByteBuffer.wrap(Base64.getDecoder().decode(parts[1])));
        } catch (IllegalArgumentException | BufferUnderflowException damaged) {
            return Optional.of("is damaged: what follows " + parts[0] + " is not the Base64 text of a whole key; " + WAY_OUT + ".");
        }
    }

    /** RFC 4253, section 6.6, and RFC 8709, section 4: the type again, then its numbers, each with its length before it. */
    private static Optional<String> blobProblem(String type, ByteBuffer blob) {
        if (!new String(string(blob), StandardCharsets.ISO_8859_1).equals(type)) {
            return Optional.of("is damaged: it says " + type + ", but the key in it is of another type; " + WAY_OUT + ".");
        }
        if (type.equals("ssh-ed25519")) {
            if (string(blob).length != ED25519_BYTES) {
                throw new IllegalArgumentException("length");
            }
        } else {
            string(blob);
            int bits = new BigInteger(string(blob)).bitLength();
            if (bits < FEWEST_RSA_BITS || bits > MOST_RSA_BITS) {
                return Optional.of("is an RSA key of " + bits + " bits; it must have from " + FEWEST_RSA_BITS + " to " + MOST_RSA_BITS
                        + ". Make another, best of type ssh-ed25519.");
            }
        }
        if (blob.hasRemaining()) {
            throw new IllegalArgumentException("trailing bytes");
        }
        return Optional.empty();
    }

    private static byte[] string(ByteBuffer blob) {
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        blob.get(bytes);
        return bytes;
    }
}
