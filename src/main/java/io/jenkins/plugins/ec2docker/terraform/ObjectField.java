package io.jenkins.plugins.ec2docker.terraform;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds a field in the bytes of a JSON object. In JSON, a comma with an unescaped quote behind it and a name and a colon behind that cannot
 * stand inside a string, so what is found is such a field; and Terraform sorts the fields of an event, so that only plain texts come before it.
 */
final class ObjectField {
    private final byte[] wanted;
    /** The byte that is rarest in what comes before, and its index in the field's text. */
    private final ByteSearch rarest;

    private final int offset;

    /**
     * @param text from the comma before the field's name to the beginning of its value
     * @param rarest character of it
     */
    ObjectField(String text, char rarest) {
        this.wanted = text.getBytes(StandardCharsets.US_ASCII);
        this.rarest = new ByteSearch(rarest);
        this.offset = text.indexOf(rarest);
    }

    /** Index of the comma before the field; -1 if there is none. */
    int indexIn(byte[] bytes, int from, int to) {
        int last = to - (wanted.length - offset);
        for (int i = rarest.indexIn(bytes, from + offset, to); i >= 0 && i <= last; i = rarest.indexIn(bytes, i + 1, to)) {
            int start = i - offset;
            if (Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        return -1;
    }
}
