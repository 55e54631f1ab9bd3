package io.jenkins.plugins.ec2docker.request.users;

import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A users file that breaks a rule; its message is fit to be shown to the user as it is. */
public final class InvalidUsersFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    /** @param violations all with the field {@code users}; the first of them and a count where there are many */
    public InvalidUsersFileException(List<Violation> violations) {
        super(violations.stream().map(v -> "\n  " + v).collect(Collectors.joining("", "The users file is not valid:", "")));
        this.violations = List.copyOf(violations);
    }

    /** At least one. */
    public List<Violation> violations() {
        return violations;
    }
}
