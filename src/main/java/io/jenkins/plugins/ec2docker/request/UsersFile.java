package io.jenkins.plugins.ec2docker.request;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Checks a users file: RFC 4180 CSV in UTF-8, with header, a unique {@code username} in each row. */
public final class UsersFile {
    private UsersFile() {}

    /**
     * Reads the file to its end in bounded memory; does not close it.
     *
     * @throws InvalidUsersFileException with what is wrong, by line and column
     * @throws IOException where the file cannot be read
     */
    public static UsersSummary check(InputStream file) throws InvalidUsersFileException, IOException {
        throw new InvalidUsersFileException(List.of(new Violation("users", "", "cannot be read yet.")));
    }
}
