package io.jenkins.plugins.ec2docker.request.users;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Arrays;

/**
 * Decodes UTF-8 and on the way notices what a users file must not hold, so that the file is read once only.
 *
 * <p>Well-formed text costs one comparison a byte. What may be wrong is merely marked by its position; {@link CsvRowScanner} then looks at that
 * row closely, in the text that this reader keeps from {@link #release} on.
 */
final class Utf8Reader extends Reader {
    /** Stands for bytes that are not UTF-8: a noncharacter, which no text may hold, so it is as wrong where it comes from the file. */
    static final char BROKEN = '\uFFFF';
    /** With more of them the file is something else than UTF-8 text, and reading stops. */
    static final int MOST_BROKEN = 1_000;
    /** Longest row in characters: more than any row of users has, and a bound for what an open quote may swallow. */
    static final int LONGEST_ROW = 1024 * 1024;

    /** A byte order mark where it has no business: inside the file. */
    static final char MARK = '\uFEFF';
    /** How much of the file tells its encoding. */
    private static final int PROBE = 64;

    private final InputStream in;
    private final byte[] bytes = new byte[64 * 1024];
    private int at;
    private int limit;
    private long bytesBefore;
    private boolean ended;

    private long chars;
    private long suspect = -1;
    private char pendingLow;
    /** The last character of the read before; a comma at the start, where a field begins as well. */
    private char last = ',';

    private long lastQuote = -2;
    private int quotesInARow;
    private boolean quotesBeginField;
    private final long[] brokenOffsets = new long[MOST_BROKEN];
    private int broken;

    private char[] kept = new char[32 * 1024];
    private int keptLength;
    private long keptFrom;
    private long released;

    /** Skips a byte order mark. */
    Utf8Reader(InputStream in) throws IOException {
        this.in = in;
        if (has(3) && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            at = 3;
        }
    }

    /** A row that is longer than {@link #LONGEST_ROW}, or more than {@link #MOST_BROKEN} places that are not UTF-8. */
    static final class LimitReached extends IOException {
        private static final long serialVersionUID = 1L;

        LimitReached(String message) {
            super(message);
        }
    }

    /** Bytes read so far, a byte order mark included. */
    long byteCount() {
        return bytesBefore + at;
    }

    /**
     * UTF-16 or UTF-32 where the file begins so, with or without a mark; null for anything else. Asked before anything is read. Without a mark
     * it shows by the zeros that stand in the place of ASCII's upper bytes: most of a header is ASCII.
     */
    @CheckForNull
    String otherEncoding() throws IOException {
        has(PROBE);
        int length = Math.min(limit, PROBE) / 4 * 4;
        if (byteCount() > 0 || length == 0) {
            return null;
        }
        int[] zeros = new int[4];
        for (int i = 0; i < length; i++) {
            zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
        }
        int groups = length / 4;
        boolean wideBig = zeros[0] == groups && zeros[1] == groups;
        boolean wideLittle = zeros[2] == groups && zeros[3] == groups;
        if (wideBig != wideLittle) {
            return "UTF-32";
        }
        boolean marked = (bytes[0] & bytes[1] & 0xFF) == 0xFE && (bytes[0] | bytes[1]) == -1;
        int first = zeros[0] + zeros[2];
        int second = zeros[1] + zeros[3];
        return marked || Math.min(first, second) == 0 && Math.max(first, second) > groups ? "UTF-16" : null;
    }

    /** Position of the last character so far that calls for a closer look; -1 for none. */
    long lastSuspect() {
        return suspect;
    }

    /** Where in the file, in bytes from 0, the n-th {@link #BROKEN} character (from 0) came from. */
    long brokenOffset(int n) {
        return brokenOffsets[n];
    }

    /** From here on the text is to be kept; what stands before may go. */
    void release(long position) {
        released = position;
    }

    /** Looks closely at the row that begins at the released position, or at a number of characters after it. */
    CsvRowScanner scan(int after, long line) {
        return new CsvRowScanner(kept, (int) (released - keptFrom) + after, keptLength, line);
    }

    @Override
    public int read(char[] out, int from, int length) throws IOException {
        int end = from + length;
        int to = from;
        if (pendingLow != 0 && length > 0) {
            out[to++] = pendingLow;
            pendingLow = 0;
        }
        while (to < end) {
            if (at == limit && (to > from || !has(1))) {
                break;
            }
            int run = plain(out, to, Math.min(end - to, limit - at));
            at += run;
            to += run;
            if (to < end && at < limit) {
                to = special(out, to, end, chars + (to - from), to == from ? last : out[to - 1]);
            }
        }
        last = to == from ? last : out[to - 1];
        keep(out, from, to - from);
        return to == from && length > 0 ? -1 : to - from;
    }

    /** Copies plain ASCII text, all but quotes; answers how much of it there is. */
    private int plain(char[] out, int to, int most) {
        int count = 0;
        for (; count < most; count++) {
            byte b = bytes[at + count];
            if (b < ' ' || b == '"' || b == 0x7F) {
                break;
            }
            out[to + count] = (char) b;
        }
        return count;
    }

    /** One character that is not plain ASCII text. */
    private int special(char[] out, int to, int end, long position, char before) throws IOException {
        byte first = bytes[at];
        if (first >= 0) {
            at++;
            if (first == '"' ? isOddlyClosed(position, before) : first != '\n' && first != '\r') {
                suspect = position;
            }
            out[to] = (char) first;
            return to + 1;
        }
        int c = multibyte();
        if (c < 0xA0 || c == BROKEN || c == MARK) {
            suspect = position;
        }
        if (Character.isBmpCodePoint(c)) {
            out[to] = (char) c;
            return to + 1;
        }
        out[to] = Character.highSurrogate(c);
        if (to + 1 == end) {
            pendingLow = Character.lowSurrogate(c);
            return end;
        }
        out[to + 1] = Character.lowSurrogate(c);
        return to + 2;
    }

    /**
     * Whether a quoted field may end here and a space follow, which Commons CSV passes over. An even number of quotes in a row stands for
     * quotes as characters, but where the first of them begins the field.
     */
    private boolean isOddlyClosed(long position, char before) {
        quotesInARow = position == lastQuote + 1 ? quotesInARow + 1 : 1;
        if (quotesInARow == 1) {
            quotesBeginField = before == ',' || before == '\n' || before == '\r';
        }
        lastQuote = position;
        boolean closes = quotesInARow % 2 == 0 == quotesBeginField;
        return closes && (at == limit || bytes[at] == ' ');
    }

    /** RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF. A wrong sequence costs its first byte. */
    private int multibyte() throws IOException {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        int c = -1;
        if (length > 0 && has(length)) {
            c = lead & (0xFF >> (length + 1));
            for (int i = 1; i < length; i++) {
                int next = bytes[at + i];
                c = c >= 0 && (next & 0xC0) == 0x80 ? c << 6 | next & 0x3F : -1;
            }
        }
        boolean good = length == 2 ? c >= 0x80
                : length == 3 ? c >= 0x800 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) && c != BROKEN
                        : c >= 0x10000 && c <= Character.MAX_CODE_POINT;
        if (good) {
            at += length;
            return c;
        }
        if (broken == MOST_BROKEN) {
            throw new LimitReached("has bytes that are not UTF-8 in more than " + MOST_BROKEN + " places; save it as UTF-8");
        }
        brokenOffsets[broken++] = byteCount();
        at++;
        return BROKEN;
    }

    /** Whether that many bytes are there to be looked at; fewer only before the end of the file. */
    private boolean has(int count) throws IOException {
        while (limit - at < count && !ended) {
            bytesBefore += at;
            System.arraycopy(bytes, at, bytes, 0, limit - at);
            limit -= at;
            at = 0;
            int read = in.read(bytes, limit, bytes.length - limit);
            ended = read < 0;
            limit += Math.max(read, 0);
        }
        return limit - at >= count;
    }

    private void keep(char[] text, int from, int length) throws LimitReached {
        chars += length;
        int stale = (int) Math.min(released - keptFrom, keptLength);
        if (stale > 0) {
            System.arraycopy(kept, stale, kept, 0, keptLength - stale);
            keptLength -= stale;
            keptFrom += stale;
        }
        if (keptLength + length > LONGEST_ROW) {
            throw new LimitReached("has a row of more than " + LONGEST_ROW + " characters; most likely a quote is not closed");
        }
        if (keptLength + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(2 * kept.length, keptLength + length));
        }
        System.arraycopy(text, from, kept, keptLength, length);
        keptLength += length;
    }

    /** The stream belongs to the caller. */
    @Override
    public void close() {
        // Nothing of its own to close.
    }
}
