package io.jenkins.plugins.ec2docker.request.document;

import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a request (or another file of the plugin) into a document of maps, lists and text. Every scalar stays the text that was
 * written, quoted or not: {@code 1.10}, {@code yes}, {@code 2222:22} and {@code 0123} are not taken for numbers, booleans or dates.
 */
public final class DocumentReader {
    /** Far more than an instance can be given (16 KiB of user data), far less than hurts. */
    static final int LONGEST = 1024 * 1024;
    /** A request is six levels deep. */
    static final int DEEPEST = 32;
    /** Values after aliases are followed, so that a few lines cannot stand for billions. */
    static final int MOST_VALUES = 100_000;

    private DocumentReader() {}

    /** The two notations of a request. */
    public enum Format {
        YAML,
        JSON
    }

    /**
     * The document, a map at its root; empty values are null.
     *
     * @param text at most 1 Mi characters, without a byte order mark or with one
     * @throws InvalidRequestException where the text is not of the format, names a field twice, is too long or nested too deeply; a
     *     sentence for each problem, with line and column
     */
    public static Map<String, Object> read(String text, Format format) throws InvalidRequestException {
        if (text.length() > LONGEST) {
            throw problem("", "The " + format + " text has " + text.length() + " characters; at most " + LONGEST + " are read.");
        }
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        ViolationCollector problems = new ViolationCollector();
        Object root = null;
        if (!body.isBlank()) {
            root = format == Format.JSON || isJsonWithTabs(body)
                    ? new JsonDocumentReader(body, problems).read()
                    : new YamlDocumentReader(body, problems).read();
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems.list());
        }
        if (root == null) {
            throw problem("", "The " + format + " text is empty; write the fields and their values.");
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw problem("", "The " + format + " text is not a map of fields and values; write it as such.");
        }
        @SuppressWarnings("unchecked") // Both readers make maps with text keys only.
        Map<String, Object> document = (Map<String, Object>) map;
        return document;
    }

    /** JSON is YAML, and YAML allows tabs in it (1.2, 6.1); SnakeYAML does not. What is no JSON is left to that, for its sentence. */
    private static boolean isJsonWithTabs(String text) {
        if (text.indexOf('\t') < 0 || !text.stripLeading().startsWith("{")) {
            return false;
        }
        try {
            new JsonDocumentReader(text, new ViolationCollector()).read();
            return true;
        } catch (InvalidRequestException notJson) {
            return false;
        }
    }

    static InvalidRequestException problem(String field, String message) {
        return new InvalidRequestException(List.of(new Violation(field, "", message)));
    }

    /** The one sentence for text that is not of its format. */
    static InvalidRequestException syntax(Format format, int line, int column, String reason) {
        return problem("", "The " + format + " text cannot be read at line " + line + ", column " + column + ": " + reason + ".");
    }
}
