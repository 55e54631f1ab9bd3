package io.jenkins.plugins.ec2docker.terraform.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * When a Terraform took the lock on its state, as its events tell: after its first word and before it speaks of any resource, of which it knows
 * nothing without the lock. Lock and events have their times from the same clock.
 *
 * @param after its first word
 * @param before its first word about a resource
 */
public record LockInterval(Instant after, Instant before) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> OF_RESOURCES = Set.of(
            "refresh_start", "refresh_complete", "resource_drift", "planned_change", "apply_start", "change_summary");
    /** Before it speaks of resources Terraform says little. */
    private static final int MOST_LINES = 100;

    /** @return empty if that Terraform never came to it, as far as it could tell */
    public static Optional<LockInterval> of(Path events) throws IOException {
        Instant first = null;
        try (BufferedReader lines = Files.newBufferedReader(events)) {
            for (int i = 0; i < MOST_LINES; i++) {
                String line = lines.readLine();
                if (line == null) {
                    return Optional.empty();
                }
                JsonNode event = MAPPER.readTree(line);
                Instant at = OffsetDateTime.parse(event.path("@timestamp").asText()).toInstant();
                first = first == null ? at : first;
                if (OF_RESOURCES.contains(event.path("type").asText())) {
                    return Optional.of(new LockInterval(first, at));
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException | com.fasterxml.jackson.core.JacksonException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a lock that was taken then is this one: nobody else could take one meanwhile. */
    public boolean isOf(Instant created) {
        return !created.isBefore(after) && !created.isAfter(before);
    }
}
