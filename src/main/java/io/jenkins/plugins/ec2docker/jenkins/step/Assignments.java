package io.jenkins.plugins.ec2docker.jenkins.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines {@code KEY=value}, in which Jenkins keeps what a request has as a map. */
public final class Assignments {
    private Assignments() {}

    /**
     * The map; a line without {@code =} is a key with an empty value, as for a tag.
     *
     * @param lines may be null
     */
    public static Map<String, String> map(List<String> lines) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : lines == null ? List.<String>of() : lines) {
            int equals = line.indexOf('=');
            map.put((equals < 0 ? line : line.substring(0, equals)).strip(), equals < 0 ? "" : line.substring(equals + 1).strip());
        }
        return map;
    }
}
