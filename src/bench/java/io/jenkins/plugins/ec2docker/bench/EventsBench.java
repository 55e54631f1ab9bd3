package io.jenkins.plugins.ec2docker.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.ec2docker.terraform.events.EventReader;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reading Terraform's events against the least that reading JSON can cost. Run as a whole process, each mode by itself, with {@code -Xmx64m}:
 * {@code generate FILE N} writes the stream, {@code ours FILE} makes events, progress and console text of it, {@code bare FILE} only goes
 * through its tokens.
 */
public final class EventsBench {
    private EventsBench() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "generate" -> generate(file, Integer.parseInt(arguments[2]));
            case "ours" -> ours(file);
            case "bare" -> bare(file);
            default -> throw new IllegalArgumentException("generate FILE N | ours FILE | bare FILE");
        }
    }

    private static void ours(Path file) throws IOException {
        class Fold {
            private Progress progress = Progress.NONE;
            private long events;
            private long characters;
        }
        Fold fold = new Fold();
        try (InputStream in = Files.newInputStream(file)) {
            EventReader.read(in, event -> {
                fold.events++;
                fold.progress = fold.progress.after(event);
                fold.characters += EventText.of(event).map(String::length).orElse(0);
            });
        }
        System.out.println(fold.events + " events, " + fold.progress.done() + " of " + fold.progress.total() + " done, "
                + fold.characters + " characters of console text");
    }

    private static void bare(Path file) throws IOException {
        long tokens = 0;
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = new JsonFactory().createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens++;
            }
        }
        System.out.println(tokens + " tokens");
    }

    /** Lines as a large apply gives them: each resource is planned, starts, is reported twice while it is made, and completes. */
    private static void generate(Path file, int events) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"@level\":\"info\",\"@message\":\"Terraform 1.11.4\",\"@module\":\"terraform.ui\","
                    + "\"@timestamp\":\"2026-11-21T03:52:31.634086Z\",\"terraform\":\"1.11.4\",\"type\":\"version\",\"ui\":\"1.2\"}\n");
            int resources = (events - 1) / 5;
            for (int i = 0; i < resources; i++) {
                String address = "aws_instance.this[" + i + "]";
                String resource = "{\"addr\":\"" + address + "\",\"module\":\"\",\"resource\":\"" + address
                        + "\",\"implied_provider\":\"aws\",\"resource_type\":\"aws_instance\",\"resource_name\":\"this\",\"resource_key\":"
                        + i + "}";
                line(out, address + ": Plan to create",
                        "\"change\":{\"resource\":" + resource + ",\"action\":\"create\"},\"type\":\"planned_change\"");
                String hook = "\"hook\":{\"resource\":" + resource + ",\"action\":\"create\"";
                line(out, address + ": Creating...", hook + "},\"type\":\"apply_start\"");
                line(out, address + ": Still creating... [10s elapsed]", hook + ",\"elapsed_seconds\":10},\"type\":\"apply_progress\"");
                line(out, address + ": Still creating... [20s elapsed]", hook + ",\"elapsed_seconds\":20},\"type\":\"apply_progress\"");
                String id = "i-0" + String.format(Locale.ROOT, "%016x", i);
                line(out, address + ": Creation complete after 23s [id=" + id + "]",
                        hook + ",\"id_key\":\"id\",\"id_value\":\"" + id + "\",\"elapsed_seconds\":23},\"type\":\"apply_complete\"");
            }
        }
    }

    private static void line(BufferedWriter out, String message, String rest) throws IOException {
        out.write("{\"@level\":\"info\",\"@message\":\"" + message
                + "\",\"@module\":\"terraform.ui\",\"@timestamp\":\"2026-11-21T03:52:31.638551Z\","
                + rest + "}\n");
    }
}
