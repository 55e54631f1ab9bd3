package io.jenkins.plugins.ec2docker.terraform.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for one value in bytes, eight at a time; a loop over single bytes would take a fifth of all the time that reading events takes. */
final class ByteSearch {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte wanted;
    private final long pattern;

    /** @param wanted an ASCII character */
    ByteSearch(char wanted) {
        this.wanted = (byte) wanted;
        this.pattern = wanted * LOW_BITS;
    }

    /** Index of the first one; -1 if there is none. */
    int indexIn(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            // Equal bytes become zero. The usual test for a zero byte in a word is exact for the first one.
            long word = (long) WORDS.get(bytes, i) ^ pattern;
            long found = (word - LOW_BITS) & ~word & HIGH_BITS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
