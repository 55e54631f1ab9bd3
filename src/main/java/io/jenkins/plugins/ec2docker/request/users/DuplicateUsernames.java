package io.jenkins.plugins.ec2docker.request.users;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All usernames of a file, to find those that stand twice: exactly, and in some 30 bytes a name.
 *
 * <p>The names themselves lie packed one after the other, so that a hit of a hash is confirmed by comparing the names and no false duplicate
 * is ever told. Their hashes are only put aside, by bucket, while the file is read; they are compared bucket by bucket at the end, each in a
 * table that fits the processor's cache. One big table looked up row by row costs more time than reading the rows does.
 */
final class DuplicateUsernames {
    /** Room for a million names of 48 bytes; more is told to be split. */
    static final int MOST_BYTES = 48 * 1024 * 1024;

    /** Longer than any name in a row of {@link Utf8Reader#LONGEST_ROW} characters, so that no name spans two blocks. */
    private static final int BLOCK = 4 * 1024 * 1024;
    private static final int BUCKETS = 256;
    /** Before each name: its line and its length. */
    private static final int HEAD = 8;

    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] block = new byte[64 * 1024];
    private int at;

    private final Bucket[] buckets = new Bucket[BUCKETS];
    /** Drawn anew for each file: nobody can write names that all fall into one place. */
    private final long seed = new SplittableRandom().nextLong() | 1;

    /** A name that stood on an earlier line already. */
    record Duplicate(String name, int line, int firstLine) {}

    DuplicateUsernames() {
        Arrays.setAll(buckets, i -> new Bucket());
        blocks.add(block);
    }

    /** Notes a name, which has no unpaired surrogates, and its line; false where there is no more room. */
    boolean add(String name, int line) {
        int length = name.length();
        if (!makeRoom(HEAD + 3 * length)) {
            return false;
        }
        int start = at;
        long hash = seed;
        int bits = 0;
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            hash = (hash ^ c) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
            bits |= c;
            block[start + HEAD + i] = (byte) c;
        }
        at = start + HEAD + (bits < 0x80 ? length : putWide(name, start + HEAD));
        putInt(start, line);
        putInt(start + 4, at - start - HEAD);
        hash *= seed;
        buckets[(int) (hash >>> 56)].add(hash << 8 & 0xFFFFFFFF00000000L | (long) (blocks.size() - 1) * BLOCK + start);
        return true;
    }

    /** Each later line of a name that stands more than once, by line. */
    List<Duplicate> duplicates() {
        List<Duplicate> duplicates = new ArrayList<>();
        for (Bucket bucket : buckets) {
            bucket.find(duplicates);
        }
        duplicates.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return duplicates;
    }

    private boolean makeRoom(int bytes) {
        if (at + bytes <= block.length) {
            return true;
        }
        if (block.length < BLOCK) {
            block = Arrays.copyOf(block, BLOCK);
            blocks.set(0, block);
            return true;
        }
        if (blocks.size() == MOST_BYTES / BLOCK) {
            return false;
        }
        block = new byte[BLOCK];
        blocks.add(block);
        at = 0;
        return true;
    }

    private int putWide(String name, int where) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, block, where, utf8.length);
        return utf8.length;
    }

    private void putInt(int where, int value) {
        block[where] = (byte) (value >> 24);
        block[where + 1] = (byte) (value >> 16);
        block[where + 2] = (byte) (value >> 8);
        block[where + 3] = (byte) value;
    }

    private static int getInt(byte[] block, int where) {
        return block[where] << 24 | (block[where + 1] & 0xFF) << 16 | (block[where + 2] & 0xFF) << 8 | block[where + 3] & 0xFF;
    }

    /** Hashes of the names that share eight bits of it: in the upper half 32 more, in the lower half where the name lies. */
    private final class Bucket {
        private long[] entries = new long[64];
        private int count;

        void add(long entry) {
            if (count == entries.length) {
                entries = Arrays.copyOf(entries, 2 * count);
            }
            entries[count++] = entry;
        }

        void find(List<Duplicate> duplicates) {
            int mask = Integer.highestOneBit(Math.max(count, 1)) * 4 - 1;
            int[] table = new int[mask + 1];
            for (int i = 0; i < count; i++) {
                int slot = (int) (entries[i] >>> 32) & mask;
                while (table[slot] != 0 && !sameName(entries[table[slot] - 1], entries[i])) {
                    slot = slot + 1 & mask;
                }
                if (table[slot] == 0) {
                    table[slot] = i + 1;
                } else {
                    duplicates.add(duplicate(entries[table[slot] - 1], entries[i]));
                }
            }
        }
    }

    private boolean sameName(long one, long other) {
        if (one >>> 32 != other >>> 32) {
            return false;
        }
        byte[] a = blockOf(one);
        byte[] b = blockOf(other);
        int fromA = startOf(one);
        int fromB = startOf(other);
        // From the length on, line numbers differ.
        return Arrays.equals(a, fromA + 4, endOf(a, fromA), b, fromB + 4, endOf(b, fromB));
    }

    private Duplicate duplicate(long first, long again) {
        byte[] block = blockOf(again);
        int start = startOf(again);
        String name = new String(block, start + HEAD, endOf(block, start) - start - HEAD, StandardCharsets.UTF_8);
        return new Duplicate(name, getInt(block, start), getInt(blockOf(first), startOf(first)));
    }

    private byte[] blockOf(long entry) {
        return blocks.get((int) entry / BLOCK);
    }

    private static int startOf(long entry) {
        return (int) entry % BLOCK;
    }

    private static int endOf(byte[] block, int start) {
        return start + HEAD + getInt(block, start + 4);
    }
}
