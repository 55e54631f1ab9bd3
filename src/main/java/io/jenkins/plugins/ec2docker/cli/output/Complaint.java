package io.jenkins.plugins.ec2docker.cli.output;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.platform.InvalidVariableException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * What is told of a failure: a sentence on standard error and an exit code. Never a stack trace; that of a failure nobody foresaw goes to
 * a file that the sentence names.
 */
public record Complaint(String sentence, int exitCode, List<Violation> violations) {

    /** The option by which commands print one document, whatever happens. */
    public static final String JSON = "--json";

    private Complaint(String sentence, int exitCode) {
        this(sentence, exitCode, List.of());
    }

    /** What happens to everyone some day, and has a sentence of its own. */
    private static final List<Class<? extends Exception>> ORDINARY = List.of(AwsException.class, TerraformNotFoundException.class,
            DeploymentLock.Held.class, InvalidVariableException.class, IOException.class, UncheckedIOException.class,
            DirectoryIteratorException.class);

    public static Complaint of(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return new Complaint(known.getMessage(), known.exitCode(), known.violations());
        }
        if (failure instanceof InvalidPathException) {
            return new Complaint(ErrorMessage.sentence(failure), ExitCode.INVALID);
        }
        if (ORDINARY.stream().anyMatch(kind -> kind.isInstance(failure))) {
            return new Complaint(ErrorMessage.sentence(failure), ExitCode.FAILED);
        }
        return new Complaint("This is an error in ec2-docker itself: " + failure + report(failure), ExitCode.FAILED);
    }

    /** The command was not given as it has to be. */
    public static Complaint misuse(String sentence) {
        return new Complaint(sentence, ExitCode.INVALID);
    }

    /** @param json whether standard output is to have the one document all the same */
    public int tell(CommandLine command, boolean json) {
        if (json) {
            command.getOut().println(JsonOutput.text(JsonOutput.failure(command.getCommandName(), this)));
            command.getOut().flush();
        }
        command.getErr().println("ec2-docker: " + sentence);
        command.getErr().flush();
        return exitCode;
    }

    private static String report(Exception failure) {
        try {
            StringWriter trace = new StringWriter();
            try (PrintWriter writer = new PrintWriter(trace)) {
                failure.printStackTrace(writer);
            }
            Path file = Files.createTempFile("ec2-docker-error-", ".txt");
            Files.writeString(file, trace.toString());
            return ". Please report it with the file " + file + ".";
        } catch (IOException e) {
            return ". Please report it.";
        }
    }
}
