package io.jenkins.plugins.ec2docker.cli.output;

import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * What is told of a failure: a sentence on standard error and an exit code. Never a stack trace; that of a failure nobody foresaw goes to
 * a file that the sentence names.
 */
public record Complaint(String sentence, int exitCode) {

    public static Complaint of(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return new Complaint(known.getMessage(), known.exitCode());
        }
        if (failure instanceof DeploymentLock.Held || failure instanceof IOException) {
            String message = failure.getMessage();
            return new Complaint(message == null ? "Unexpected " + failure.getClass().getSimpleName() + "." : message, ExitCode.FAILED);
        }
        return new Complaint("This is an error in ec2-docker itself: " + failure + report(failure), ExitCode.FAILED);
    }

    public int tell(CommandLine command) {
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
