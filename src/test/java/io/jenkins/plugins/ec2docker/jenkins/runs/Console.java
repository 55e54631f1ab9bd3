package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A console that a test can wait for. */
public final class Console implements TaskListener {

    private static final long serialVersionUID = 1L;

    private final transient ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] b, int off, int len) {
            super.write(b, off, len);
            notifyAll();
        }
    };
    private final transient PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Override
    public PrintStream getLogger() {
        return out;
    }

    /** What was printed, with an instance's address without its key, which no test knows beforehand. */
    public String text() {
        return plain(bytes.toString(StandardCharsets.UTF_8));
    }

    public static String plain(String text) {
        return text.replaceAll("aws_instance\\.this\\[\"[0-9a-f-]+\"]", "aws_instance.this");
    }

    /** Returns when a text has been printed. */
    void await(String text) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        synchronized (bytes) {
            while (!text().contains(text)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("\"" + text + "\" was not printed:\n" + text());
                }
                bytes.wait(left);
            }
        }
    }
}
