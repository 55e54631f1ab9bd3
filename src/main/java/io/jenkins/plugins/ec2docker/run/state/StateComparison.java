package io.jenkins.plugins.ec2docker.run.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two copies of a deployment's state is the newer one: the store's, or that in S3. Terraform counts a state's serial up with each
 * writing, and gives each state that begins with nothing a lineage of its own. Pure.
 */
public enum StateComparison {
    SAME,
    /** S3 has the newer one: Terraform wrote it, and whoever was to copy it did not come to it. */
    S3_IS_NEWER,
    /** The store has the newer one: S3 took none, and Terraform left it beside its configuration; or it was deleted in S3. */
    STORE_IS_NEWER,
    /** Both know resources, and of different beginnings: none may be written over. */
    APART;

    /** Terraform writes it before anything that a resource could have named. */
    private static final Pattern SERIAL = Pattern.compile("\"serial\"\\s*:\\s*\\d+");

    /**
     * @param store null for none
     * @param s3 null for none
     * @throws IOException if one of them cannot be read, so that nothing can be said; a sentence
     */
    public static StateComparison of(@CheckForNull byte[] store, @CheckForNull byte[] s3) throws IOException {
        StateContent here = version(store, "the store");
        StateContent there = version(s3, "S3");
        if (there == null) {
            return here == null || here.isEmpty() ? SAME : STORE_IS_NEWER;
        }
        if (here == null) {
            return S3_IS_NEWER;
        }
        if (!here.lineage().equals(there.lineage())) {
            return here.isEmpty() ? S3_IS_NEWER : there.isEmpty() ? STORE_IS_NEWER : APART;
        }
        if (here.serial() == there.serial()) {
            return Arrays.equals(store, s3) ? SAME : S3_IS_NEWER;
        }
        return here.serial() < there.serial() ? S3_IS_NEWER : STORE_IS_NEWER;
    }

    /**
     * Gives a state that was brought back a serial above that of the copy it replaces, as Terraform requires of the newer one.
     *
     * @param other the copy that it replaces; null for none
     * @return the state itself, byte for byte, except for its serial
     */
    static byte[] raisedAbove(byte[] state, @CheckForNull byte[] other) throws IOException {
        long serial = Math.max(serial(state), other == null ? 0 : serial(other)) + 1;
        Matcher found = SERIAL.matcher(new String(state, StandardCharsets.UTF_8));
        byte[] raised = found.replaceFirst("\"serial\": " + serial).getBytes(StandardCharsets.UTF_8);
        if (serial(raised) != serial) {
            throw new IOException("The state that was brought back is not written as Terraform writes states. Bring back another version.");
        }
        return raised;
    }

    private static long serial(byte[] state) throws IOException {
        return StateReader.read(new ByteArrayInputStream(state)) instanceof StateReader.Reading.State known ? known.version().serial() : -1;
    }

    @CheckForNull
    private static StateContent version(@CheckForNull byte[] state, String place) throws IOException {
        StateReader.Reading reading = state == null ? new StateReader.Reading.Nothing() : StateReader.read(new ByteArrayInputStream(state));
        if (reading instanceof StateReader.Reading.Unusable damaged) {
            throw new IOException(
                    "The state in " + place + " cannot be used: " + damaged.reason() + " Bring back an earlier version of it.");
        }
        return reading instanceof StateReader.Reading.State known ? known.version() : null;
    }
}
