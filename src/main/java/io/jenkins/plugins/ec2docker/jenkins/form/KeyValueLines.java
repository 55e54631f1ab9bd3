package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines {@code KEY=value}, in which Jenkins keeps what a request has as a map. A {@code =} within a key, which AWS allows, is {@code \\=}. */
public final class KeyValueLines {
    private KeyValueLines() {}

    /** The line of one entry. */
    static String line(Object key, @CheckForNull Object value) {
        return String.valueOf(key).replace("=", "\\=") + "=" + (value == null ? "" : value);
    }

    /**
     * The map; a line without {@code =} is a key with an empty value, as for a tag.
     *
     * @param lines may be null
     */
    public static Map<String, String> map(@CheckForNull List<String> lines) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : lines == null ? List.<String>of() : lines) {
            int end = keyEnd(line);
            map.put(key(line, end).strip(), end == line.length() ? "" : line.substring(end + 1).strip());
        }
        return map;
    }

    /** The lines as a map to be written in a Jenkinsfile; the list itself where a line is no assignment or repeats a key. */
    static Object written(List<?> lines) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Object each : lines) {
            String line = String.valueOf(each);
            int end = keyEnd(line);
            if (end == 0 || end == line.length() || map.put(key(line, end), line.substring(end + 1)) != null) {
                return lines;
            }
        }
        return map;
    }

    /** Where the sign is that ends the key; the line's length where there is none. */
    private static int keyEnd(String line) {
        int end = line.indexOf('=');
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end = line.indexOf('=', end + 1);
        }
        return end < 0 ? line.length() : end;
    }

    private static String key(String line, int end) {
        return line.substring(0, end).replace("\\=", "=");
    }
}
