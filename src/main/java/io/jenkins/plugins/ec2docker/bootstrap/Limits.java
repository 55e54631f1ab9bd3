package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.Container;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is too large for EC2 or for a process on the instance, said before anything is created, with by how much and what to do. */
final class Limits {
    /** Bytes of one argument or environment string with its final NUL: MAX_ARG_STRLEN, 32 pages of 4 KiB, execve(2), "Limits on size". */
    static final int PROCESS_STRING = 131_072;

    private static final String WAYS_OUT =
            "build the data into the image, or let the container fetch it from object storage such as S3 when it starts";

    private Limits() {}

    /** Environment and command of each container. */
    static void checkProcessStrings(List<Container> containers, byte[] users) throws BootstrapTooLargeException {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            for (Map.Entry<String, String> variable : container.environment().entrySet()) {
                check("containers[" + i + "].environment." + variable.getKey(), "as an environment variable the value of " + variable.getKey(),
                        bytes(variable.getKey()) + 1 + bytes(variable.getValue()));
            }
            for (int word = 0; word < container.command().size(); word++) {
                check("containers[" + i + "].command[" + word + "]", "this word of the command", bytes(container.command().get(word)));
            }
            if (users.length > 0 && !container.environment().containsKey(ComposeFile.USERS)) {
                checkUsersVariable(users.length);
            }
        }
    }

    private static void check(String field, String subject, long bytes) throws BootstrapTooLargeException {
        long excess = bytes + 1 - PROCESS_STRING;
        if (excess > 0) {
            throw new BootstrapTooLargeException(field, text("%s is %,d bytes too long: Linux takes at most %,d bytes for one string of a process;"
                    + " shorten it, %s.", subject, excess, PROCESS_STRING, WAYS_OUT));
        }
    }

    private static void checkUsersVariable(int users) throws BootstrapTooLargeException {
        int room = PROCESS_STRING - ComposeFile.USERS.length() - 2;
        int most = room / 4 * 3;
        if (users > most) {
            throw new BootstrapTooLargeException("users", text("the users file has %,d bytes, %,d more than fit into the variable %s of a container"
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
        String what = text("packed for EC2 user data the bootstrap has %,d bytes, %,d more than the %,d that EC2 takes", userData, excess, UserData.LIMIT);
        if (users > compose) {
            // Base64 that is packed again shrinks by a quarter; the file shrinks in step with what it packs to.
            long surplus = Math.min(usersRaw, (long) Math.ceil((double) excess * usersRaw / (users * 0.75)));
            throw new BootstrapTooLargeException("users", text("%s; shorten the users file of %,d bytes by about %,d (fewer users or columns), %s.",
                    what, usersRaw, surplus, WAYS_OUT));
        }
        throw new BootstrapTooLargeException("containers", text("%s; shorten environment values or commands, %s.", what, WAYS_OUT));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
