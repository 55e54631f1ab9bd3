package io.jenkins.plugins.ec2docker.terraform;

/** A diagnostic in a person's terms: first a sentence with what failed, where and why, then Terraform's details indented. */
final class DiagnosticText {
    private static final int LONGEST = 400;
    private static final int MOST_LINES = 12;

    private DiagnosticText() {}

    static String of(Event.Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder(diagnostic.severity() == Event.Severity.ERROR ? "Error: " : "Warning: ");
        if (diagnostic.address() != null) {
            text.append(ConsoleText.safe(diagnostic.address(), 120)).append(": ");
        }
        text.append(ConsoleText.safe(diagnostic.summary(), LONGEST));
        return text.toString();
    }
}
