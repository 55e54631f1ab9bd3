package io.jenkins.plugins.ec2docker.request;

import java.util.List;
import java.util.Map;

/** Reads a request from a document; the one way in for every entry point. */
public final class RequestParser {
    private RequestParser() {}

    /** The request, or all that is wrong with the document. Leaves may be text, numbers and booleans. */
    public static Parsed<ProvisionRequest> parse(Map<String, ?> document) {
        return new Parsed.Invalid<>(List.of(new Violation("", "", "cannot be read yet.")));
    }
}
