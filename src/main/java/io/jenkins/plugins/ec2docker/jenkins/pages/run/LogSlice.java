package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A piece of a growing UTF-8 text file for a reader that comes back for more. It ends behind whole lines, so that no character and no line
 * is ever torn, however the writer's blocks fall; only a line longer than a slice comes in pieces, cut between characters.
 *
 * @param lines without line breaks
 * @param start offset in bytes of the first line
 * @param next offset in bytes to ask from next time
 * @param size bytes that the file had
 */
record LogSlice(List<String> lines, long start, long next, long size) {

    /** Bytes in one slice; what a browser takes in at once without a pause. */
    static final int MOST = 256 * 1024;

    LogSlice {
        lines = List.copyOf(lines);
    }

    /**
     * @param offset in bytes, as an earlier slice gave it; below 0 counts as 0, behind the end as the end
     * @param complete whether nobody writes any more: then what stands behind the last line break is a line too
     * @return an empty slice where the file is missing
     */
    static LogSlice from(Path file, long offset, int most, boolean complete) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new LogSlice(List.of(), 0, 0, 0);
        }
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            return read(opened, Math.max(0, offset), most, complete);
        }
    }

    /** The last lines of a file: as many whole ones as {@code bytes} hold. */
    static LogSlice tail(Path file, int bytes, boolean complete) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new LogSlice(List.of(), 0, 0, 0);
        }
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, opened.length() - bytes);
            return read(opened, start == 0 ? 0 : lineAfter(opened, start), bytes, complete);
        }
    }

    private static LogSlice read(RandomAccessFile file, long offset, int most, boolean complete) throws IOException {
        long size = file.length();
        long start = Math.min(offset, size);
        byte[] bytes = new byte[(int) Math.min(most, size - start)];
        file.seek(start);
        file.readFully(bytes);
        int end = end(bytes, start + bytes.length == size, most, complete);
        return new LogSlice(lines(bytes, end), start, start + end, size);
    }

    private static int end(byte[] bytes, boolean atEnd, int most, boolean complete) {
        if (atEnd && complete) {
            return bytes.length;
        }
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return bytes.length < most ? 0 : betweenCharacters(bytes);
    }

    /** The last place in the array where no character of several bytes is under way. */
    private static int betweenCharacters(byte[] bytes) {
        int lead = bytes.length - 1;
        while (lead > 0 && lead > bytes.length - 4 && isContinuation(bytes[lead])) {
            lead--;
        }
        int length = bytes[lead] >= 0 ? 1 : (bytes[lead] & 0xe0) == 0xc0 ? 2 : (bytes[lead] & 0xf0) == 0xe0 ? 3 : 4;
        return lead > 0 && lead + length > bytes.length ? lead : bytes.length;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    private static List<String> lines(byte[] bytes, int end) {
        if (end == 0) {
            return List.of();
        }
        int last = bytes[end - 1] == '\n' ? end - 1 : end;
        String text = new String(bytes, 0, last, StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\n", -1)).map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line).toList();
    }

    /** Where the first line begins that begins behind {@code from}; the end if there is none. */
    private static long lineAfter(RandomAccessFile file, long from) throws IOException {
        byte[] bytes = new byte[8192];
        file.seek(from - 1);
        long at = from - 1;
        for (int read = file.read(bytes); read > 0; read = file.read(bytes)) {
            for (int i = 0; i < read; i++) {
                if (bytes[i] == '\n') {
                    return at + i + 1;
                }
            }
            at += read;
        }
        return at;
    }
}
