package io.jenkins.plugins.ec2docker.terraform.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Where Terraform and its providers talk to each other, over a socket in the directory that {@code TMPDIR} names. */
final class TemporaryDirectory {
    /** unix(7): 107 bytes and a NUL for a socket's path, of which "/plugin" and ten digits are the socket's own name. Measured with 1.11.4. */
    private static final int LONGEST = 90;

    private TemporaryDirectory() {}

    /** @throws TerraformNotFoundException if Terraform could not work there */
    static void check(Map<String, String> environment) throws TerraformNotFoundException {
        String directory = environment.getOrDefault("TMPDIR", "");
        if (directory.isEmpty()) {
            return;
        }
        if (!isWritable(directory)) {
            throw new TerraformNotFoundException(
                    "Variable TMPDIR is \"" + directory + "\", which is not a directory that this user may write"
                            + " to, and Terraform needs one. Set it to one, or unset it for /tmp.");
        }
        int length = directory.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new TerraformNotFoundException("Variable TMPDIR has " + length + " bytes, and Terraform reaches its providers by a socket"
                    + " there, whose path takes at most " + LONGEST + ". Set it to a shorter one, or unset it for /tmp.");
        }
    }

    private static boolean isWritable(String directory) {
        try {
            return Files.isDirectory(Path.of(directory)) && Files.isWritable(Path.of(directory));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
