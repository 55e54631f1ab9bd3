package io.jenkins.plugins.ec2docker.jenkins.mail;

import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Who is told of a run: those whom the request names, then those whom the administrator names, each once. */
final class Recipients {

    private Recipients() {}

    /**
     * @param request in its own field names; empty where there was none
     * @param configured addresses of the global configuration
     */
    static List<String> of(Map<String, Object> request, List<String> configured) {
        Set<String> all = new LinkedHashSet<>();
        Object requester = request.get("requester");
        if (requester instanceof Collection<?> several) {
            several.stream().filter(Objects::nonNull).map(Object::toString).forEach(all::add);
        } else if (requester != null) {
            all.add(requester.toString());
        }
        all.addAll(configured);
        return all.stream().filter(Recipients::isAddress).toList();
    }

    /** Once more by the engine's rule, because what comes from a file may have been changed there. */
    private static boolean isAddress(String text) {
        return RequestParser.parse(Map.of("requester", text)).violations().stream()
                .noneMatch(violation -> violation.field().startsWith("requester"));
    }
}
