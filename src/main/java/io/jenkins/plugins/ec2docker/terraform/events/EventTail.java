package io.jenkins.plugins.ec2docker.terraform.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The events of a file that is still being written. Only whole lines are passed on; where a line is half written its beginning waits. Whoever
 * keeps {@link #offset} together with what it made of the events, can go on from there in another JVM: no line is lost and none comes twice.
 */
public final class EventTail {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private long offset;
    /** Up to here there is no line break after {@code offset}; saves looking again through the beginning of a long line. */
    private long searched;

    /**
     * @param file need not exist yet
     * @param offset 0, or what {@link #offset} gave earlier, perhaps in another JVM
     */
    public EventTail(Path file, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        this.file = file;
        this.offset = offset;
        this.searched = offset;
    }

    /** Bytes passed on. While an event is passed on: up to the end of its line. */
    public long offset() {
        return offset;
    }

    /**
     * Passes on what was written since the last time.
     *
     * @param last nothing more will be written: a last line without a line break is passed on as well
     */
    public void drain(boolean last, Consumer<Event> consumer) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long to = last ? size : afterLastLineBreak(channel, size);
            if (to <= offset) {
                return;
            }
            long from = offset;
            channel.position(from);
            EventReader reader = new EventReader(new FirstBytes(Channels.newInputStream(channel), to - from));
            while (reader.next()) {
                offset = from + reader.consumed();
                consumer.accept(reader.current());
            }
            offset = to;
            searched = to;
        } catch (NoSuchFileException notYet) {
            // The process has not begun.
        }
    }

    private long afterLastLineBreak(FileChannel channel, long size) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = size; end > searched; end -= block.limit()) {
            block.clear().limit((int) Math.min(BLOCK, end - searched));
            while (block.hasRemaining() && channel.read(block, end - block.remaining()) >= 0) {
                // A block comes whole, but for a file cut short meanwhile.
            }
            for (int i = block.limit() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return end - block.limit() + i + 1;
                }
            }
        }
        searched = size;
        return offset;
    }

    /** A stream cut to its first bytes. */
    private static final class FirstBytes extends InputStream {
        private final InputStream in;
        private long left;

        FirstBytes(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("not read byte by byte");
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int count = left == 0 ? -1 : in.read(to, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
