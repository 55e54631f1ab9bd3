package io.jenkins.plugins.ec2docker.request.values;

import java.util.List;
import java.util.stream.Collectors;

/** A request that cannot be carried out as written; its message is fit to be shown to the user as it is. */
public final class InvalidRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    public InvalidRequestException(List<Violation> violations) {
        super(describe(violations));
        this.violations = List.copyOf(violations);
    }

    /** All that is wrong, at least one. */
    public List<Violation> violations() {
        return violations;
    }

    private static String describe(List<Violation> violations) {
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("invalid without a violation");
        }
        String head = "Request is not valid: " + (violations.size() == 1 ? "1 problem" : violations.size() + " problems");
        return violations.stream().map(v -> "\n  " + v).collect(Collectors.joining("", head, ""));
    }
}
