package io.jenkins.plugins.ec2docker.terraform;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds a field in the bytes of a JSON object. In JSON, a comma with an unescaped quote behind it and a name and a colon behind that cannot
 * stand inside a string, so what is found is such a field; and Terraform sorts the fields of an event, so that only plain texts come before it.
 */
final class ObjectField {
    private final byte[] wanted;
    /** By a byte's value: how far the search may jump when it stands at the last place (Boyer, Moore, Horspool). */
    private final int[] jumps = new int[256];

    /** @param beginning of the field's value, such as a brace */
    ObjectField(String name, char beginning) {
        this.wanted = (",\"" + name + "\":" + beginning).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(jumps, wanted.length);
        for (int i = 0; i < wanted.length - 1; i++) {
            jumps[wanted[i]] = wanted.length - 1 - i;
        }
    }

    /** Index of the comma before the field; -1 if there is none. */
    int indexIn(byte[] bytes, int from, int to) {
        int last = wanted.length - 1;
        for (int i = from; i + last < to; i += jumps[bytes[i + last] & 0xff]) {
            if (bytes[i + last] == wanted[last] && Arrays.equals(bytes, i, i + last, wanted, 0, last)) {
                return i;
            }
        }
        return -1;
    }
}
