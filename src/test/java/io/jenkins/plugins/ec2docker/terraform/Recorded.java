package io.jenkins.plugins.ec2docker.terraform;

import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventReader;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the real Terraform printed; {@code record.sh} beside the files says how. */
public final class Recorded {
    private Recorded() {}

    public static InputStream stream(String name) {
        return Recorded.class.getResourceAsStream(name);
    }

    public static byte[] bytes(String name) {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Event> events(String name) {
        return events(bytes(name));
    }

    static List<Event> events(byte[] bytes) {
        List<Event> events = new ArrayList<>();
        try {
            EventReader.read(new ByteArrayInputStream(bytes), events::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    public static List<Event> eventsIn(String lines) {
        return events(lines.getBytes(StandardCharsets.UTF_8));
    }

    public static String console(String name) {
        StringBuilder text = new StringBuilder();
        events(name).forEach(event -> EventText.of(event).ifPresent(line -> text.append(line).append('\n')));
        return text.toString();
    }
}
