package io.jenkins.plugins.ec2docker.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** gzip at its best level, without time or name: the same parts give the same bytes. */
final class Gzip extends GZIPOutputStream {
    private Gzip(OutputStream out) throws IOException {
        super(out, 8192, true);
        def.setLevel(Deflater.BEST_COMPRESSION);
    }

    /**
     * The parts, one after the other, as one gzip member. A new part begins a new block, so that parts of a different kind, as code and
     * base64, each get a Huffman code that fits them.
     */
    static byte[] of(byte[]... parts) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Gzip gzip = new Gzip(packed)) {
            for (int i = 0; i < parts.length; i++) {
                if (i > 0) {
                    gzip.flush();
                }
                gzip.write(parts[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
