package io.jenkins.plugins.ec2docker.request.parse;

import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as it was stored when it was accepted. Rules may have become stricter since, and it may have been written by another version:
 * neither makes it unreadable, so that what was provisioned with it can always be shown, checked and destroyed. To provision with it again,
 * {@link RequestParser} has to accept its {@link #document} first.
 *
 * @param request as far as it can be read; values that break a rule of today are in it
 * @param notes the rules that it breaks today, and what could not be read; empty for a request that would be accepted
 * @param document as it was stored, with fields that are not known: what is to be written where the request is stored again
 */
public record StoredRequest(ProvisionRequest request, List<Violation> notes, Map<String, Object> document) {

    public StoredRequest {
        notes = List.copyOf(notes);
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }

    /** A request that was just accepted, as it is going to be stored. */
    public static StoredRequest of(ProvisionRequest request) {
        return new StoredRequest(request, List.of(), RequestWriter.of(request));
    }

    /**
     * Reads any document.
     *
     * @param name the deployment's name, used where the document has none that can be read
     * @param blueprint the deployment's blueprint, used in the same way
     * @param region the deployment's Region, used in the same way
     */
    public static StoredRequest read(Map<String, ?> document, String name, String blueprint, String region) {
        ViolationCollector problems = new ViolationCollector();
        Map<String, Object> whole = new LinkedHashMap<>(document);
        complete(whole, "name", name, problems);
        complete(whole, "blueprint", blueprint, problems);
        complete(whole, "region", region, problems);
        ProvisionRequest request = RequestParser.stored(whole, problems);
        return new StoredRequest(request, problems.list(), new LinkedHashMap<>(document));
    }

    private static void complete(Map<String, Object> document, String field, String usual, ViolationCollector problems) {
        Object given = document.get(field);
        if (!DocumentNode.isText(given) || given.toString().isEmpty()) {
            problems.add(field, "", "is missing or cannot be read; the deployment's value is used.");
            document.put(field, usual);
        }
    }
}
