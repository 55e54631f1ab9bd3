package io.jenkins.plugins.ec2docker.platform;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Puts an exception into one sentence, for those whose own message is only a path or nothing at all. */
public final class ErrorMessage {

    private ErrorMessage() {}

    public static String sentence(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "The file " + missing.getFile() + " is missing.";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "There is no permission for the file " + denied.getFile() + ".";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return "The file " + file.getFile() + " could not be used: " + file.getReason() + ".";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "Unexpected " + failure.getClass().getSimpleName() + "." : message;
    }
}
