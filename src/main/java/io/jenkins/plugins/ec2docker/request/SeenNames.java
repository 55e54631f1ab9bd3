package io.jenkins.plugins.ec2docker.request;

import java.security.SecureRandom;

/**
 * Which names stood in a file before, and on which line, in some 40 bytes a name however long the names are.
 *
 * <p>Names are known by two fingerprints, each the name as a polynomial over the field of 2^61 - 1 at a point drawn at random for each
 * file. Two different names of n characters agree in one with a probability of at most n / 2^61, whatever the names are, because a
 * polynomial of degree n has at most n zeros; nobody who writes the file knows the points. They are taken for the same only where both
 * agree: among a million names of 250 characters some two do with a probability below 1e-20, far below that of a memory error. So the file
 * need not be read twice, and no false duplicate is ever told.
 */
final class SeenNames {
    private static final long PRIME = (1L << 61) - 1;
    /** Small tables that grow one by one: growing never needs a second copy of everything. */
    private static final int TABLES = 256;

    private final long[] points = new SecureRandom().longs(2, 1L << 32, PRIME).toArray();
    private final Table[] tables = new Table[TABLES];
    private int size;

    SeenNames() {
        for (int i = 0; i < TABLES; i++) {
            tables[i] = new Table();
        }
    }

    /** The line on which the name stood before; 0 where it is new, and is now known. */
    int lineOf(String name, int line) {
        long first = fingerprint(name, points[0]);
        long second = fingerprint(name, points[1]);
        int before = tables[(int) first & TABLES - 1].put(first, second, line);
        size += before == 0 ? 1 : 0;
        return before;
    }

    /** How many different names there are. */
    int size() {
        return size;
    }

    /** The length goes in first, so that no name is the beginning of another's polynomial. */
    private static long fingerprint(String name, long point) {
        long sum = name.length() + 1L;
        for (int i = 0; i < name.length(); i++) {
            sum = product(sum, point) + name.charAt(i) + 1;
        }
        return product(sum, point);
    }

    /** Modulo 2^61 - 1: the high part of the 122-bit product counts as much as the low part. Both factors are below 2^62. */
    private static long product(long a, long b) {
        long sum = (Math.multiplyHigh(a, b) << 3 | a * b >>> 61) + (a * b & PRIME);
        long once = (sum & PRIME) + (sum >>> 61);
        return once >= PRIME ? once - PRIME : once;
    }

    /** Open addressing with linear probing; line 0 marks a free slot. */
    private static final class Table {
        private long[] firsts = new long[64];
        private long[] seconds = new long[64];
        private int[] lines = new int[64];
        private int count;

        int put(long first, long second, int line) {
            int slot = slot(first, second);
            if (lines[slot] != 0) {
                return lines[slot];
            }
            set(slot, first, second, line);
            if (++count > lines.length / 4 * 3) {
                grow();
            }
            return 0;
        }

        private int slot(long first, long second) {
            int slot = (int) (first >>> 8) & lines.length - 1;
            while (lines[slot] != 0 && (firsts[slot] != first || seconds[slot] != second)) {
                slot = slot + 1 & lines.length - 1;
            }
            return slot;
        }

        private void set(int slot, long first, long second, int line) {
            firsts[slot] = first;
            seconds[slot] = second;
            lines[slot] = line;
        }

        private void grow() {
            long[] oldFirsts = firsts;
            long[] oldSeconds = seconds;
            int[] oldLines = lines;
            firsts = new long[2 * oldLines.length];
            seconds = new long[2 * oldLines.length];
            lines = new int[2 * oldLines.length];
            for (int i = 0; i < oldLines.length; i++) {
                if (oldLines[i] != 0) {
                    set(slot(oldFirsts[i], oldSeconds[i]), oldFirsts[i], oldSeconds[i], oldLines[i]);
                }
            }
        }
    }
}
