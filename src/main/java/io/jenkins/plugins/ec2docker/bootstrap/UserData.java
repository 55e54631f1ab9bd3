package io.jenkins.plugins.ec2docker.bootstrap;

import java.nio.charset.StandardCharsets;

/** The boot script as EC2 takes it: cloud-init unpacks user data that is gzip and runs what begins with {@code #!}. */
final class UserData {
    /** Bytes before base64. EC2 user guide, "Run commands at launch using user data input": "limited to 16 KB, in raw form". */
    static final int LIMIT = 16_384;

    private UserData() {}

    /** Whichever is smaller of the script and its gzip; the split is where code ends and payload begins. */
    static byte[] of(String script, int split) {
        byte[] code = script.substring(0, split).getBytes(StandardCharsets.UTF_8);
        byte[] payload = script.substring(split).getBytes(StandardCharsets.UTF_8);
        byte[] packed = Gzip.of(code, payload);
        return packed.length < code.length + payload.length ? packed : script.getBytes(StandardCharsets.UTF_8);
    }
}
