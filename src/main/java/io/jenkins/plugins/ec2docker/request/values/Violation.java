package io.jenkins.plugins.ec2docker.request.values;

import java.io.Serializable;
import java.util.Objects;

/**
 * One broken rule, told to the person who can mend it.
 *
 * @param field path of the field, as {@code containers[0].ports[1]}; empty where the document as a whole is meant
 * @param value the value as given, shortened and with control characters escaped ({@link DisplayText}); empty where nothing was given or where
 *     the value may be a secret
 * @param message a sentence that names the rule and the way out
 */
public record Violation(String field, String value, String message) implements Serializable {
    public Violation {
        field = DisplayText.escape(Objects.requireNonNull(field, "field"));
        value = DisplayText.shorten(Objects.requireNonNull(value, "value"));
        message = DisplayText.escape(Objects.requireNonNull(message, "message"));
    }

    /** As one line: {@code containers[0].image "nGinx": must be lower case.} */
    @Override
    public String toString() {
        String subject = value.isEmpty() ? field : (field + " \"" + value + "\"").strip();
        return subject.isEmpty() ? message : subject + ": " + message;
    }
}
