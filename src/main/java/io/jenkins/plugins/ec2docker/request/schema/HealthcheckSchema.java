package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import java.time.Duration;
import java.util.List;

/** Reads a container's {@code healthcheck}; docs.docker.com/reference/compose-file/services, "healthcheck". */
final class HealthcheckSchema {
    /** MinimumDuration in moby/moby, api/types/container: anything shorter is refused by the daemon. */
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** Our own bound: a longer one never helps a run that waits an hour at most. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final int MOST_RETRIES = 1000;
    private static final String RULE = "must be one line of text for a shell, or a list that begins with CMD, CMD-SHELL or NONE";

    private HealthcheckSchema() {}

    /** Null where there is none or it is wrong. */
    @CheckForNull
    static ContainerHealthcheck read(DocumentNode node) {
        DocumentSection fields = node.fields("test", "interval", "timeout", "retries", "startPeriod");
        if (fields == null) {
            return null;
        }
        List<String> test = test(fields.required("test", "[CMD, curl, -f, \"http://localhost/\"]"));
        Duration interval = fields.get("interval").duration(SHORTEST, LONGEST);
        Duration timeout = fields.get("timeout").duration(SHORTEST, LONGEST);
        Integer retries = fields.get("retries").integer(1, MOST_RETRIES, "");
        Duration startPeriod = fields.get("startPeriod").duration(SHORTEST, LONGEST);
        return test == null || test.isEmpty() ? null : new ContainerHealthcheck(test, interval, timeout, retries, startPeriod);
    }

    @CheckForNull
    private static List<String> test(DocumentNode node) {
        if (node.isAbsent()) {
            return null;
        }
        if (node.isText()) {
            String line = node.freeText();
            return line == null ? null : line.isBlank() ? node.refuseUnseen(RULE + ".") : List.of("CMD-SHELL", line);
        }
        List<String> words = CommandField.words(node);
        if (words == null) {
            return null;
        }
        boolean good = switch (words.isEmpty() ? "" : words.get(0)) {
            case "NONE" -> words.size() == 1;
            case "CMD" -> words.size() > 1;
            case "CMD-SHELL" -> words.size() == 2;
            default -> false;
        };
        return good ? words : node.refuseUnseen(words, RULE + " (CMD with words, CMD-SHELL with one line, NONE alone).");
    }
}
