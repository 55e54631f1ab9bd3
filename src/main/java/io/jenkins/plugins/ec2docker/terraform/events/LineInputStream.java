package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream seen line by line: as an {@link InputStream} it ends (-1) at the end of the current line, so that a reader of one broken line cannot
 * run into the next. Holds {@link #WINDOW} bytes, however long a line is, and always knows the current line's beginning.
 */
final class LineInputStream extends InputStream {
    static final int WINDOW = 1 << 16;

    private static final ByteSearch LINE_BREAK = new ByteSearch('\n');

    private final InputStream in;
    private final long longest;
    private final byte[] window = new byte[WINDOW];
    /** The current line's beginning where the window has moved on; null while the line still stands in the window, from {@code start}. */
    @CheckForNull
    private byte[] beginning;

    private int start;
    /** Next byte to pass on, and the end of the current line as far as it is known. */
    private int next;
    private int stop;
    /** End of what was read from the stream. */
    private int end;
    /** The line is known to its end, which is a line break or the stream's end. */
    private boolean whole = true;
    private boolean lineBreak;
    private long lineBytes;
    private long before;

    /** The line is longer than can be read. */
    static final class TooLong extends IOException {
        TooLong(long limit) {
            super("a line is longer than " + limit + " bytes");
        }
    }

    /** @param longest line that is passed on; reading on beyond it in a line throws {@link TooLong} */
    LineInputStream(InputStream in, long longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Goes to the next line, over what is left of the current one. False at the end of the stream. */
    boolean next() throws IOException {
        finish();
        before = consumed();
        start = lineBreak ? stop + 1 : stop;
        beginning = null;
        lineBreak = false;
        whole = false;
        lineBytes = 0;
        stop = start;
        scan();
        while (!whole && fill()) {
            scan();
        }
        next = start;
        return lineBytes > 0 || lineBreak;
    }

    /** Takes what was read into the line, up to its end if that is there. */
    private void scan() {
        int found = LINE_BREAK.indexIn(window, stop, end);
        lineBreak = whole = found >= 0;
        int to = lineBreak ? found : end;
        lineBytes += to - stop;
        stop = to;
    }

    /** Reads more. False when the window is full, and at the stream's end, which is the line's too. */
    private boolean fill() throws IOException {
        if (end == window.length && start > 0) {
            System.arraycopy(window, start, window, 0, end - start);
            end -= start;
            stop -= start;
            start = 0;
        }
        if (end == window.length) {
            return false;
        }
        int count = in.read(window, end, window.length - end);
        whole = count < 0;
        end += Math.max(0, count);
        return count >= 0;
    }

    /** The event of a line that {@link ResourceEventParser} knows; null for another line, and for one longer than the window. */
    @CheckForNull
    Event resourceEvent() {
        return whole ? ResourceEventParser.read(window, start, stop) : null;
    }

    /** First byte of the line; -1 for an empty line. */
    int first() {
        return lineBytes == 0 ? -1 : window[start];
    }

    /** Bytes of the line without its line break; all of them after {@link #finish}. */
    long lineBytes() {
        return lineBytes;
    }

    /** Bytes from the stream's beginning to the end of the current line, its line break included; after {@link #finish}. */
    long consumed() {
        return before + lineBytes + (lineBreak ? 1 : 0);
    }

    /** The line's beginning: all of it, or {@link #WINDOW} bytes. */
    byte[] beginning() {
        return beginning != null ? beginning : Arrays.copyOfRange(window, start, stop);
    }

    /** Runs to the end of the current line. */
    void finish() throws IOException {
        while (!whole) {
            refill();
        }
    }

    private void refill() throws IOException {
        if (beginning == null) {
            beginning = beginning();
        }
        start = next = stop = end = 0;
        if (fill()) {
            scan();
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        while (next == stop) {
            if (whole) {
                return -1;
            }
            refill();
        }
        if (lineBytes > longest) {
            throw new TooLong(longest);
        }
        int count = Math.min(length, stop - next);
        System.arraycopy(window, next, to, offset, count);
        next += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
