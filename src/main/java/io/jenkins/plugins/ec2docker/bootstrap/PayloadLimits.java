package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.model.Container;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What is too large for EC2 or for a process on the instance, said before anything is created, with by how much and what to do. */
final class PayloadLimits {
    /** Bytes of one argument or environment string with its final NUL: MAX_ARG_STRLEN, 32 pages of 4 KiB, execve(2), "Limits on size". */
    static final int PROCESS_STRING = 131_072;

    private static final String WAYS_OUT =
            "build the data into the image, or let the container fetch it from object storage such as S3 when it starts";

    private PayloadLimits() {}

    /**
     * Words of commands, and the users file where a container gets it as a variable. Variables of the request are checked with the request.
     */
    static void checkProcessStrings(List<Container> containers, byte[] users) throws BootstrapTooLargeException {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            for (int word = 0; word < container.command().size(); word++) {
                checkWord("containers[" + i + "].command[" + word + "]", container.command().get(word));
            }
            if (!container.environment().containsKey(ComposeFile.USERS)) {
                checkUsersVariable(users.length);
            }
        }
    }

    private static void checkWord(String field, String word) throws BootstrapTooLargeException {
        int bytes = word.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes > PROCESS_STRING) {
            throw new BootstrapTooLargeException(field,
                    text("this word of the command has %,d bytes with its final NUL, %,d more than the %,d that Linux"
                            + " takes for one; shorten it, %s.", bytes, bytes - PROCESS_STRING, PROCESS_STRING, WAYS_OUT));
        }
    }

    private static void checkUsersVariable(int users) throws BootstrapTooLargeException {
        int room = PROCESS_STRING - ComposeFile.USERS.length() - 2;
        int most = room / 4 * 3;
        if (users > most) {
            throw new BootstrapTooLargeException("users",
                    text("the users file has %,d bytes, %,d more than fit into the variable %s of a container"
                            + " (at most %,d, because Linux takes at most %,d bytes for one string of a process and base64 makes 4 bytes of 3);"
                            + " leave out users or columns, %s.", users, users - most, ComposeFile.USERS, most, PROCESS_STRING, WAYS_OUT));
        }
    }

    /** EC2 user data, packed. The users file is named as the field where it takes more room than the containers. */
    static void checkUserData(int userData, int compose, int users, int usersRaw) throws BootstrapTooLargeException {
        int excess = userData - UserData.LIMIT;
        if (excess <= 0) {
            return;
        }
        String what = text("packed for EC2 user data the bootstrap has %,d bytes, %,d more than the %,d that EC2 takes", userData, excess,
                UserData.LIMIT);
        if (users > compose) {
            // Base64 that is packed again shrinks by a quarter; the file shrinks in step with what it packs to.
            long surplus = Math.min(usersRaw, (long) Math.ceil((double) excess * usersRaw / (users * 0.75)));
            throw new BootstrapTooLargeException("users",
                    text("%s; shorten the users file of %,d bytes by about %,d (fewer users or columns), %s.",
                            what, usersRaw, surplus, WAYS_OUT));
        }
        throw new BootstrapTooLargeException("containers", text("%s; shorten environment values or commands, %s.", what, WAYS_OUT));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
