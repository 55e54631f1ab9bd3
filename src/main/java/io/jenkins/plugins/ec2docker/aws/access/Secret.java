package io.jenkins.plugins.ec2docker.aws.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen, held so that it is not shown by accident: it prints {@code ****}, and neither Java
 * serialisation (the class is not serialisable), nor bean serialisers (no getter), nor reflective ones such as XStream and
 * Gson (the field is transient) write it.
 */
public final class Secret {
    private final transient String value;

    /** @param value the text to hide; neither null nor empty */
    public Secret(String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("A secret may not be empty.");
        }
        this.value = value;
    }

    /** The text itself. Whoever calls this is where the secret may leak. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where two texts of the same length differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for all: a hash of the text would tell something of it. */
    @Override
    public int hashCode() {
        return Secret.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
