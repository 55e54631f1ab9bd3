package io.jenkins.plugins.ec2docker.cli.output;

import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.List;
import java.util.stream.Stream;

/** Ends a command with a sentence for the person who typed it, and an exit code. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String REFUSED = "Refused by the guardrails";

    private final int exitCode;
    private final transient List<Violation> violations;

    private CommandFailure(int exitCode, String message, List<Violation> violations) {
        super(message);
        this.exitCode = exitCode;
        this.violations = violations;
    }

    public static CommandFailure invalid(String sentence) {
        return new CommandFailure(ExitCode.INVALID, sentence, List.of());
    }

    public static CommandFailure invalid(List<Violation> violations) {
        return invalid(violations, List.of());
    }

    /** @param refusals what the guardrails refuse beside that */
    public static CommandFailure invalid(List<Violation> violations, List<Violation> refusals) {
        String refused = refusals.isEmpty() ? "" : "\n" + list(REFUSED, refusals);
        return new CommandFailure(ExitCode.INVALID, list("The request is not valid", violations) + refused,
                Stream.concat(violations.stream(), refusals.stream()).toList());
    }

    public static CommandFailure refused(List<Violation> violations) {
        return new CommandFailure(ExitCode.REFUSED, list(REFUSED, violations), violations);
    }

    public static CommandFailure refused(String sentence) {
        return new CommandFailure(ExitCode.REFUSED, sentence, List.of());
    }

    public static CommandFailure failed(String sentence) {
        return new CommandFailure(ExitCode.FAILED, sentence, List.of());
    }

    public int exitCode() {
        return exitCode;
    }

    /** What is wrong, field by field; empty where it is not about fields. */
    public List<Violation> violations() {
        return violations;
    }

    private static String list(String head, List<Violation> violations) {
        StringBuilder text = new StringBuilder(head).append(':');
        violations.forEach(violation -> text.append("\n  ").append(violation));
        return text.toString();
    }
}
