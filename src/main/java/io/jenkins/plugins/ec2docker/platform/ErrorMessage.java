package io.jenkins.plugins.ec2docker.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Puts an exception into one sentence, for those whose own message is only a path or nothing at all. */
public final class ErrorMessage {

    private ErrorMessage() {}

    public static String sentence(Throwable failure) {
        if (failure instanceof UncheckedIOException || failure instanceof DirectoryIteratorException) {
            return sentence(failure.getCause());
        }
        if (failure instanceof NoSuchFileException missing) {
            return "The file " + missing.getFile() + " is missing.";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "There is no permission for the file " + denied.getFile() + ".";
        }
        if (failure instanceof FileSystemException file) {
            return "The file " + file.getFile() + " could not be used: " + reason(file) + ".";
        }
        if (failure instanceof InvalidPathException path) {
            return "\"" + path.getInput() + "\" is no path here: " + path.getReason() + ".";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "Unexpected " + failure.getClass().getSimpleName() + "." : message;
    }

    /** Why a file could not be used, without naming it, as the end of a sentence. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already, perhaps as something else than it should be";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        String message = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return message == null || message.isBlank() ? "unexpected " + failure.getClass().getSimpleName() : message.replaceFirst("\\.$", "");
    }
}
