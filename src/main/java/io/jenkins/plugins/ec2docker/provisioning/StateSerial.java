package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.terraform.StateFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a state that was brought back a serial above that of the copy it stands for from now on, as Terraform wants of what is newer. Pure. */
final class StateSerial {

    /** Terraform writes it before anything that a resource could have named. */
    private static final Pattern SERIAL = Pattern.compile("\"serial\"\\s*:\\s*\\d+");

    private StateSerial() {}

    /**
     * @param other null for none
     * @return the state itself, byte for byte, but for its serial
     */
    static byte[] above(byte[] state, byte[] other) throws IOException {
        long serial = Math.max(of(state), other == null ? 0 : of(other)) + 1;
        Matcher found = SERIAL.matcher(new String(state, StandardCharsets.UTF_8));
        byte[] raised = found.replaceFirst("\"serial\": " + serial).getBytes(StandardCharsets.UTF_8);
        if (of(raised) != serial) {
            throw new IOException("The state that was brought back is not written as Terraform writes states. Bring back another version.");
        }
        return raised;
    }

    private static long of(byte[] state) throws IOException {
        return StateFile.read(new ByteArrayInputStream(state)) instanceof StateFile.Reading.State known ? known.version().serial() : -1;
    }
}
