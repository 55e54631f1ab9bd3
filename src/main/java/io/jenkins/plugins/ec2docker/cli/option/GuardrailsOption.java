package io.jenkins.plugins.ec2docker.cli.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names what administrators allow. */
public final class GuardrailsOption {

    @Option(names = "--guardrails", paramLabel = "FILE", description = "What administrators allow, as YAML. Default: everything.")
    @CheckForNull
    private Path file;

    /** @throws CommandFailure naming everything that is wrong with the file */
    public Guardrails read() throws CommandFailure {
        return read(file);
    }

    /** @param file null for none */
    public static Guardrails read(@CheckForNull Path file) throws CommandFailure {
        if (file == null) {
            return Guardrails.UNRESTRICTED;
        }
        try {
            return Guardrails.read(RequestSource.document(file)).orElseThrow();
        } catch (InvalidRequestException e) {
            throw CommandFailure.invalid(e.violations().stream()
                    .map(v -> new Violation("guardrails" + (v.field().isEmpty() ? "" : "." + v.field()), v.value(), v.message()))
                    .toList());
        }
    }
}
